// Golden bytes of encryption, checked against an independent implementation. If one of these fails,
// encrypted databases could no longer be read: raise the format and keep reading the old bytes.
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/escaping.h"
#include "storage/meta_codec.h"
#include "storage/person_key_codec.h"
#include "storage/record_cipher.h"
#include "storage/secret_key.h"
#include "storage/store_errors.h"

namespace passend::storage {
namespace {

std::string Hex(std::string_view bytes) { return absl::BytesToHexString(ToAbsl(bytes)); }

template <typename Array>
Array Filled(char first) {
  Array array;
  for (char& byte : array) byte = first++;
  return array;
}

FillRandom Counting() {
  return [](std::span<unsigned char> bytes) {
    unsigned char next = 0;
    for (unsigned char& byte : bytes) byte = next++;
  };
}

TEST(KeyFormat, Numbers) {
  EXPECT_EQ(kKeyStoreFormat, 1u);
  EXPECT_EQ(kKeyHeaderBytes, 4'096u);
  EXPECT_EQ(kKeySlotBytes, 128u);
  EXPECT_EQ(static_cast<int>(SlotState::kFree), 0);
  EXPECT_EQ(static_cast<int>(SlotState::kLive), 1);
  EXPECT_EQ(static_cast<int>(SlotState::kDestroyed), 2);
}

TEST(KeyFormat, WhatValuesAreBoundTo) {
  EXPECT_EQ(Hex(BoundToRecord(RecordKind::kPassport, "anna", 258)),
            Hex("passend record 1 ") + "01" + "0004" + Hex("anna") + "0000000000000102");
  EXPECT_EQ(Hex(BoundToPerson(Filled<PersonName>(0))),
            Hex("passend person key 1 ") + "000102030405060708090a0b0c0d0e0f");
}

TEST(KeyFormat, EncryptedValue) {
  SecretKey key;
  Counting()(key.bytes());
  std::string encrypted;
  AppendEncrypted(encrypted, key, Counting(), BoundToRecord(RecordKind::kPassport, "anna", 258),
                  "value");
  EXPECT_EQ(
      Hex(encrypted),
      "000102030405060708090a0b0c0d0e0f1011121314151617e8a3630af5e10d509614aa4e95278ccbaf2b2928fa");
}

TEST(KeyFormat, NameOfAPerson) {
  const PersonName name = NameOfPerson(Filled<NamingKey>(0), "anna");
  EXPECT_EQ(Hex({name.data(), name.size()}), "dd255e947e73b6a664246bea59a2e66d");
}

TEST(KeyFormat, Header) {
  const KeyHeader header{
      Filled<KeyStoreId>(0), Filled<NamingKey>(16), {"own", std::string("\x01\x02", 2)}};
  const std::string bytes = EncodeKeyHeader(header);
  ASSERT_EQ(bytes.size(), kKeyHeaderBytes);
  EXPECT_EQ(Hex(bytes.substr(0, 53)),
            Hex("PSDKEYS1") + "00000001" + "000102030405060708090a0b0c0d0e0f" +
                "101112131415161718191a1b1c1d1e1f" + "0003" + Hex("own") + "0002" + "0102");
  EXPECT_EQ(bytes.find_first_not_of('\0', 53), bytes.size() - 8);
  EXPECT_EQ(Hex(bytes.substr(bytes.size() - 8)), "03763148efeaebe1");
  const auto decoded = DecodeKeyHeader(bytes);
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(decoded->header.id, header.id);
  EXPECT_EQ(decoded->header.naming_key, header.naming_key);
  EXPECT_EQ(decoded->header.ring_key.master_id, "own");
  EXPECT_EQ(decoded->header.ring_key.bytes, header.ring_key.bytes);
}

TEST(KeyFormat, Slot) {
  const std::string wrapped(kWrappedPersonKeyBytes, 'w');
  const std::string bytes = EncodeKeySlot({SlotState::kLive, Filled<PersonName>(0), wrapped});
  ASSERT_EQ(bytes.size(), kKeySlotBytes);
  EXPECT_EQ(Hex(bytes), "0100000000000000" + std::string("000102030405060708090a0b0c0d0e0f") +
                            Hex(wrapped) + std::string(48, '0') + "22f4fe99afa400e4");
  const auto decoded = DecodeKeySlot(bytes);
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(decoded->state, SlotState::kLive);
  EXPECT_EQ(decoded->wrapped, wrapped);
  EXPECT_EQ(DecodeKeySlot(std::string(kKeySlotBytes, '\0'))->state, SlotState::kFree);
  EXPECT_FALSE(DecodeKeySlot(std::string(kKeySlotBytes - 1, '\0')));
}

TEST(KeyFormat, NoteOnEncryption) {
  EXPECT_EQ(Hex(EncodeEncryption({Filled<KeyStoreId>(0), true})),
            "000102030405060708090a0b0c0d0e0f"
            "01");
  const auto decoded = DecodeEncryption(EncodeEncryption({Filled<KeyStoreId>(0), false}));
  ASSERT_TRUE(decoded.ok());
  EXPECT_FALSE(decoded->complete);
  EXPECT_TRUE(absl::IsDataLoss(DecodeEncryption("short").status()));
}

}  // namespace
}  // namespace passend::storage
