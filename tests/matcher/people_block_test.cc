// Columns give back exactly what was put in.
#include <string>

#include <gtest/gtest.h>

#include "matcher/bit_stream.h"
#include "matcher/block_scan.h"
#include "matcher/people_block.h"
#include "matcher/row_bits-inl.h"
#include "tests/matcher/generated_world.h"

namespace passend::matcher {
namespace {

using namespace HWY_NAMESPACE;  // NOLINT: the instruction set that tests are compiled for

TEST(BitPlanes, CompareAsNumbersDo) {
  RandomSource random(NumberFrom("PASSEND_SEED", 3));
  for (int round = 0; round < 200; ++round) {
    std::vector<uint32_t> values(static_cast<size_t>(random.Between(1, 200)));
    const auto most = random.Between(0, 300);
    for (uint32_t& value : values) value = static_cast<uint32_t>(random.Between(0, most));
    const BitPlanes planes(values);
    const auto least = static_cast<uint32_t>(random.Between(0, 310));
    for (size_t row = 0; row < values.size(); ++row) {
      // The word of a row, by way of the vector that it is in.
      const auto rows_of = [](const auto& compare, size_t of) {
        const WordsTag tag;
        std::array<uint64_t, kGroupWords> words{};
        const size_t lanes = hn::Lanes(tag);
        const size_t first = of / kWordRows / lanes * lanes;
        hn::StoreU(compare(first), tag, words.data());
        return words[of / kWordRows - first];
      };
      const auto bit = [&](uint64_t rows) { return (rows >> row % kWordRows & 1) != 0; };
      ASSERT_EQ(planes.Get(row), values[row]);
      ASSERT_EQ(bit(rows_of([&](size_t word) { return AtLeast(planes, word, least); }, row)),
                values[row] >= least);
      ASSERT_EQ(bit(rows_of([&](size_t word) { return NotZero(planes, word); }, row)),
                values[row] != 0);
      ASSERT_EQ(bit(rows_of([&](size_t word) { return WithBit(planes, word, 3); }, row)),
                (values[row] >> 3 & 1) != 0);
    }
  }
}

TEST(BitStream, ReadsWhatWasWritten) {
  RandomSource random(NumberFrom("PASSEND_SEED", 4));
  for (int round = 0; round < 200; ++round) {
    std::vector<uint32_t> values(40);
    for (uint32_t& value : values) {
      value = static_cast<uint32_t>(random.Bits() >> random.Between(40, 63));
    }
    std::vector<uint8_t> bytes;
    {
      BitWriter writer(bytes);
      for (uint32_t value : values) {
        writer.Write(value, 24);
        writer.WriteGroups(value, 5);
        writer.WriteRice(value % 1'000, 4);
        writer.Write(uint64_t{value} << 32 | value, 32);
        writer.Write(value, 0);
      }
    }
    bytes.resize(bytes.size() + kBitReaderSlack);
    BitReader reader(bytes.data());
    for (uint32_t value : values) {
      ASSERT_EQ(reader.Read(24), value);
      ASSERT_EQ(reader.ReadGroups(5), value);
      ASSERT_EQ(reader.ReadRice(4), value % 1'000);
      ASSERT_EQ(reader.Read(32), value);
    }
  }
}

TEST(PeopleBlock, GivesEverybodyBack) {
  const uint64_t first = NumberFrom("PASSEND_SEED", 5);
  int held = 0;
  for (uint64_t seed = first; seed < first + 200; ++seed) {
    RandomSource random(seed);
    const Taxonomy taxonomy = GenerateTaxonomy(random, 25);
    const auto people = GeneratePeople(random, taxonomy, static_cast<int>(random.Between(1, 200)));
    std::vector<const Person*> rows;
    for (const Person& person : people) {
      if (PeopleBlock::Holds(person) && person.region == people.front().region) {
        rows.push_back(&person);
      }
    }
    if (rows.empty()) continue;
    const PeopleBlock block(rows);
    ASSERT_EQ(block.rows(), rows.size());
    for (uint32_t row = 0; row < rows.size(); ++row) {
      ASSERT_EQ(block.At(row), *rows[row]) << "PASSEND_SEED=" << seed;
      ASSERT_TRUE(block.IsNamed(row, rows[row]->name));
      ASSERT_FALSE(block.IsNamed(row, rows[row]->name + "x"));
    }
    held += static_cast<int>(rows.size());
  }
  EXPECT_GT(held, 2'000);
}

// What a scan is compared with: all columns, and the lists of the skills that are asked for.
TEST(PeopleBlock, TellsTheBytesOfAScan) {
  RandomSource random(NumberFrom("PASSEND_SEED", 6));
  const auto world = GenerateWorld(random);
  std::vector<Person> people;
  for (int number = 0; number < 64; ++number) {
    people.push_back(GeneratePerson(random, world->taxonomy, "p" + std::to_string(number)));
    people.back().region = "r";
    people.back().skills = {{1, {{Method::kFormal, 3, kToday, {}, {}}}}};
  }
  std::vector<const Person*> rows;
  for (const Person& person : people) rows.push_back(&person);
  const PeopleBlock block(rows);
  const auto bytes_for = [&](std::vector<Requirement> requirements) {
    Work work = world->work;
    work.requirements = std::move(requirements);
    const AbilityPolicy& policy = world->basis.policy.ability;
    const ExpansionTable expansions(world->taxonomy, policy);
    return BytesWalked({world->basis, work, expansions, std::make_shared<AgeingTable>(policy)},
                       block);
  };
  EXPECT_GE(block.ColumnBytes(), rows.size());
  EXPECT_EQ(bytes_for({}), block.ColumnBytes());
  EXPECT_GT(bytes_for({{1, 3, 1, false}}), block.ColumnBytes());
}

TEST(PeopleBlock, RefusesWhatNoColumnHolds) {
  const auto holds = [](const auto& bend) {
    Person person;
    person.name = "passports/p";
    person.skills = {{1, {{Method::kFormal, 3, kToday, {}, {}}}}};
    person.wishes.travel = Wishes::Travel{{5'200, 450}, TravelMeans::kCar, 60};
    bend(person);
    return PeopleBlock::Holds(person);
  };
  EXPECT_TRUE(holds([](Person&) {}));
  EXPECT_FALSE(holds([](Person& one) { one.name = std::string(256, 'n'); }));
  EXPECT_FALSE(holds([](Person& one) { one.last_shown = uint64_t{1} << 32; }));
  EXPECT_FALSE(holds([](Person& one) { one.wishes.weekly_hours_max = 256; }));
  EXPECT_FALSE(holds([](Person& one) { one.wishes.travel->minutes_max = 255; }));
  EXPECT_FALSE(holds([](Person& one) { one.wishes.wants[0] = one.wishes.never = 2; }));
  EXPECT_FALSE(holds([](Person& one) { one.skills.push_back(one.skills.front()); }));
  EXPECT_FALSE(holds([](Person& one) { one.skills.front().validations.clear(); }));
  EXPECT_FALSE(holds([](Person& one) { one.skills.front().validations[0].validated = INT32_MIN; }));
  EXPECT_FALSE(holds([](Person& one) { one.needs = {{1, 256, 0, false}}; }));
}

}  // namespace
}  // namespace passend::matcher
