#include "matcher/taxonomy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace passend::matcher {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Concept Skill(std::string name) {
  Concept skill;
  skill.name = std::move(name);
  skill.kind = ConceptKind::kSkill;
  return skill;
}

Concept SkillBelow(std::string name, std::vector<std::string> broader) {
  Concept skill = Skill(std::move(name));
  skill.broader = std::move(broader);
  return skill;
}

Concept SkillMapped(std::string name, std::string target, MappingRelation relation) {
  Concept skill = Skill(std::move(name));
  skill.mappings.push_back({std::move(target), relation});
  return skill;
}

Taxonomy Compiled(std::vector<Concept> concepts) {
  auto taxonomy = Taxonomy::Compile(std::move(concepts));
  EXPECT_TRUE(taxonomy.ok()) << taxonomy.status();
  return *std::move(taxonomy);
}

// "held relation factor" of everything that counts for `required`, in the order given.
std::vector<std::string> Counts(const Taxonomy& taxonomy, std::string_view required,
                                const AbilityPolicy& policy = {}) {
  static constexpr const char* kRelations[] = {"none", "same", "narrower", "mapped", "related"};
  std::vector<std::string> lines;
  for (const Expansion& expansion : taxonomy.Expand(*taxonomy.Find(required), policy)) {
    lines.push_back(absl::StrCat(taxonomy.name(expansion.held), " ",
                                 kRelations[static_cast<int>(expansion.relation)], " ",
                                 expansion.factor));
  }
  return lines;
}

TEST(TaxonomyTest, NumbersConceptsInByteOrderOfTheirNames) {
  Concept group = Skill("B");
  group.kind = ConceptKind::kSkillGroup;
  const Taxonomy taxonomy = Compiled({Skill("b"), Skill("a/2"), group, Skill("a-2")});
  ASSERT_EQ(taxonomy.size(), 4u);
  EXPECT_EQ(taxonomy.name(0), "B");
  EXPECT_EQ(taxonomy.name(1), "a-2");
  EXPECT_EQ(taxonomy.name(2), "a/2");
  EXPECT_EQ(taxonomy.name(3), "b");
  EXPECT_EQ(taxonomy.kind(0), ConceptKind::kSkillGroup);
  EXPECT_EQ(taxonomy.kind(3), ConceptKind::kSkill);
}

TEST(TaxonomyTest, FindsExactNamesOnly) {
  const Taxonomy taxonomy = Compiled({Skill("clean"), Skill("cleaning"), Skill("cook")});
  EXPECT_EQ(taxonomy.Find("clean"), 0u);
  EXPECT_EQ(taxonomy.Find("cleaning"), 1u);
  EXPECT_EQ(taxonomy.Find("cook"), 2u);
  for (const char* absent : {"", "clea", "cleanin", "Clean", "cooks", "a", "z"}) {
    EXPECT_EQ(taxonomy.Find(absent), std::nullopt) << absent;
  }
}

TEST(TaxonomyTest, AnEmptyTaxonomyHasNothing) {
  const Taxonomy taxonomy = Compiled({});
  EXPECT_EQ(taxonomy.size(), 0u);
  EXPECT_EQ(taxonomy.Find("a"), std::nullopt);
}

TEST(TaxonomyTest, RefusesANameTwice) {
  const auto taxonomy = Taxonomy::Compile({Skill("b"), Skill("a"), Skill("b")});
  EXPECT_EQ(taxonomy.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(taxonomy.status().message(), HasSubstr("b is there twice"));
}

TEST(TaxonomyTest, RefusesACircleAndNamesIt) {
  const auto taxonomy = Taxonomy::Compile(
      {SkillBelow("wash", {"clean"}), Skill("cook"), SkillBelow("clean", {"cook", "tidy"}),
       SkillBelow("tidy", {"wash"}), SkillBelow("mop", {"wash"})});
  EXPECT_EQ(taxonomy.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(taxonomy.status().message(), HasSubstr("clean > tidy > wash > clean"));
}

TEST(TaxonomyTest, RefusesAConceptThatIsBroaderThanItself) {
  const auto taxonomy = Taxonomy::Compile({SkillBelow("clean", {"clean"})});
  EXPECT_THAT(taxonomy.status().message(), HasSubstr("clean > clean"));
}

TEST(TaxonomyTest, LeavesOutReferencesToWhatIsNotThere) {
  Concept clean = SkillBelow("clean", {"gone"});
  clean.related = {"gone"};
  clean.mappings = {{"gone", MappingRelation::kExact}};
  EXPECT_THAT(Counts(Compiled({clean}), "clean"), ElementsAre("clean same 10000"));
}

TEST(TaxonomyExpandTest, NarrowerSkillsCountInFullAtAnyDepth) {
  const Taxonomy taxonomy =
      Compiled({Skill("clean"), SkillBelow("clean windows", {"clean"}),
                SkillBelow("clean high windows", {"clean windows"}), Skill("cook")});
  EXPECT_THAT(Counts(taxonomy, "clean"),
              ElementsAre("clean same 10000", "clean high windows narrower 10000",
                          "clean windows narrower 10000"));
}

TEST(TaxonomyExpandTest, BroaderSkillsDoNotCount) {
  const Taxonomy taxonomy = Compiled({Skill("clean"), SkillBelow("clean windows", {"clean"})});
  EXPECT_THAT(Counts(taxonomy, "clean windows"), ElementsAre("clean windows same 10000"));
}

TEST(TaxonomyExpandTest, ASkillBelowTwoCountsOnce) {
  const Taxonomy taxonomy = Compiled(
      {Skill("a"), SkillBelow("b", {"a"}), SkillBelow("c", {"a"}), SkillBelow("d", {"b", "c"})});
  EXPECT_THAT(Counts(taxonomy, "a"), ElementsAre("a same 10000", "b narrower 10000",
                                                 "c narrower 10000", "d narrower 10000"));
}

TEST(TaxonomyExpandTest, RelatedSkillsCountInBothDirections) {
  Concept mow = Skill("mow");
  mow.related = {"prune"};
  const Taxonomy taxonomy = Compiled({mow, Skill("prune")});
  EXPECT_THAT(Counts(taxonomy, "mow"), ElementsAre("mow same 10000", "prune related 5000"));
  EXPECT_THAT(Counts(taxonomy, "prune"), ElementsAre("prune same 10000", "mow related 5000"));
}

TEST(TaxonomyExpandTest, ExactAndCloseMappingsCountInBothDirections) {
  for (const auto& [relation, factor] : std::map<MappingRelation, int>{
           {MappingRelation::kExact, 10'000}, {MappingRelation::kClose, 9'000}}) {
    const Taxonomy taxonomy =
        Compiled({SkillMapped("clean", "schoonmaken", relation), Skill("schoonmaken")});
    EXPECT_THAT(Counts(taxonomy, "clean"),
                ElementsAre("clean same 10000", absl::StrCat("schoonmaken mapped ", factor)));
    EXPECT_THAT(Counts(taxonomy, "schoonmaken"),
                ElementsAre("schoonmaken same 10000", absl::StrCat("clean mapped ", factor)));
  }
}

TEST(TaxonomyExpandTest, ABroadMappingCountsForTheTargetOnly) {
  const Taxonomy taxonomy =
      Compiled({SkillMapped("mop", "schoonmaken", MappingRelation::kBroad), Skill("schoonmaken")});
  EXPECT_THAT(Counts(taxonomy, "schoonmaken"),
              ElementsAre("schoonmaken same 10000", "mop mapped 10000"));
  EXPECT_THAT(Counts(taxonomy, "mop"), ElementsAre("mop same 10000"));
}

TEST(TaxonomyExpandTest, ANarrowMappingCountsForTheOneThatStatesItOnly) {
  const Taxonomy taxonomy =
      Compiled({SkillMapped("clean", "dweilen", MappingRelation::kNarrow), Skill("dweilen")});
  EXPECT_THAT(Counts(taxonomy, "clean"), ElementsAre("clean same 10000", "dweilen mapped 10000"));
  EXPECT_THAT(Counts(taxonomy, "dweilen"), ElementsAre("dweilen same 10000"));
}

TEST(TaxonomyExpandTest, EachHeldSkillCountsInItsBestRelation) {
  Concept a = Skill("a");
  a.related = {"b", "c", "d"};
  a.mappings = {{"b", MappingRelation::kClose}, {"c", MappingRelation::kClose}};
  AbilityPolicy policy;
  policy.related = 9'500;
  const Taxonomy taxonomy = Compiled(
      {a, SkillMapped("b", "a", MappingRelation::kExact), Skill("c"), SkillBelow("d", {"a"})});
  EXPECT_THAT(Counts(taxonomy, "a", policy),
              ElementsAre("a same 10000", "b mapped 10000", "c related 9500", "d narrower 10000"));
}

TEST(TaxonomyExpandTest, EqualFactorsTakeTheRelationThatIsNamedFirst) {
  Concept a = Skill("a");
  a.related = {"a", "b", "c", "d"};
  a.mappings = {{"a", MappingRelation::kExact},
                {"b", MappingRelation::kExact},
                {"c", MappingRelation::kExact}};
  AbilityPolicy policy;
  policy.related = 10'000;
  const Taxonomy taxonomy = Compiled({a, SkillBelow("b", {"a"}), Skill("c"), Skill("d")});
  EXPECT_THAT(Counts(taxonomy, "a", policy),
              ElementsAre("a same 10000", "b narrower 10000", "c mapped 10000", "d related 10000"));
}

TEST(TaxonomyExpandTest, RelationsThatThePolicySetsToNothingAreLeftOut) {
  Concept a = Skill("a");
  a.related = {"b"};
  a.mappings = {{"c", MappingRelation::kExact},
                {"d", MappingRelation::kClose},
                {"e", MappingRelation::kNarrow}};
  AbilityPolicy policy;
  policy.related = policy.mapping_exact = policy.mapping_close = 0;
  policy.mapping_narrower = 0;
  const Taxonomy taxonomy = Compiled({a, Skill("b"), Skill("c"), Skill("d"), Skill("e")});
  EXPECT_THAT(Counts(taxonomy, "a", policy), ElementsAre("a same 10000"));
}

TEST(TaxonomyExpandTest, TheRequiredSkillComesFirstWhateverItsNumber) {
  const Taxonomy taxonomy = Compiled({SkillBelow("a", {"z"}), SkillBelow("b", {"z"}), Skill("z")});
  EXPECT_THAT(Counts(taxonomy, "z"),
              ElementsAre("z same 10000", "a narrower 10000", "b narrower 10000"));
}

TEST(SpecificityTest, FallsFromWholeForOneOccupationToOneForAll) {
  EXPECT_EQ(Specificity(1, 3'007), kWhole);
  EXPECT_EQ(Specificity(3'007, 3'007), 1);
  EXPECT_EQ(Specificity(4, 16), 5'000);
  EXPECT_EQ(Specificity(2, 16), 7'500);
  EXPECT_EQ(Specificity(8, 16), 2'500);
  for (int32_t used_by = 2; used_by <= 3'007; ++used_by) {
    ASSERT_LE(Specificity(used_by, 3'007), Specificity(used_by - 1, 3'007)) << used_by;
    ASSERT_GE(Specificity(used_by, 3'007), 1) << used_by;
  }
}

TEST(SpecificityTest, IsHalfWhereOccupationsTellNothing) {
  EXPECT_EQ(Specificity(0, 3'007), kWhole / 2);
  EXPECT_EQ(Specificity(0, 0), kWhole / 2);
  EXPECT_EQ(Specificity(1, 1), kWhole / 2);
  EXPECT_EQ(Specificity(1, 2), kWhole);
}

TEST(SpecificityTest, ComesFromTheConceptsOwnVocabulary) {
  Concept rare = Skill("rare");
  rare.used_by_occupations = 1;
  rare.occupations = 100;
  Concept common = Skill("common");
  common.used_by_occupations = 10;
  common.occupations = 100;
  const Taxonomy taxonomy = Compiled({rare, common, Skill("unused")});
  EXPECT_EQ(taxonomy.specificity(*taxonomy.Find("rare")), kWhole);
  EXPECT_EQ(taxonomy.specificity(*taxonomy.Find("common")), 5'000);
  EXPECT_EQ(taxonomy.specificity(*taxonomy.Find("unused")), kWhole / 2);
}

// ---- Generated graphs: what Expand gives against the definition, one pair at a time.

class GeneratedTaxonomyTest : public ::testing::TestWithParam<uint32_t> {
 protected:
  void SetUp() override {
    std::mt19937 random(GetParam());
    const auto upto = [&random](uint32_t bound) { return static_cast<uint32_t>(random() % bound); };
    const uint32_t size = 2 + upto(30);
    for (uint32_t i = 0; i < size; ++i) {
      Concept entry = Skill(absl::StrCat("c", 100 + i));
      for (uint32_t n = upto(3); n > 0 && i > 0; --n) entry.broader.push_back(Name(upto(i)));
      for (uint32_t n = upto(3); n > 0; --n) entry.related.push_back(Name(upto(size + 2)));
      for (uint32_t n = upto(3); n > 0; --n) {
        entry.mappings.push_back({Name(upto(size + 2)), static_cast<MappingRelation>(upto(4))});
      }
      concepts_.push_back(entry);
    }
    static constexpr BasisPoints kFactors[] = {0, 1, 5'000, 9'000, 10'000};
    for (BasisPoints* factor : {&policy_.related, &policy_.mapping_exact, &policy_.mapping_close,
                                &policy_.mapping_narrower}) {
      *factor = kFactors[upto(5)];
    }
  }

  static std::string Name(uint32_t number) { return absl::StrCat("c", 100 + number); }

  bool IsBelow(const Concept& low, const std::string& high) const {
    for (const std::string& name : low.broader) {
      if (name == high || IsBelow(concepts_[std::stoul(name.substr(1)) - 100], high)) return true;
    }
    return false;
  }

  // Straight from the definition.
  Expansion Best(const Concept& required, const Concept& held, ConceptIndex index) const {
    Expansion best{index, SkillRelation::kNone, 0};
    const auto offer = [&best](SkillRelation relation, BasisPoints factor) {
      if (factor > best.factor || (factor == best.factor && relation < best.relation)) {
        best.factor = factor;
        best.relation = relation;
      }
    };
    if (IsBelow(held, required.name)) offer(SkillRelation::kNarrower, kWhole);
    OfferStated(required, held.name, MappingRelation::kNarrow, offer);
    OfferStated(held, required.name, MappingRelation::kBroad, offer);
    return best;
  }

  template <typename Offer>
  void OfferStated(const Concept& from, const std::string& to, MappingRelation held_is_narrower,
                   Offer offer) const {
    if (std::count(from.related.begin(), from.related.end(), to) > 0) {
      offer(SkillRelation::kRelated, policy_.related);
    }
    for (const ConceptMapping& mapping : from.mappings) {
      if (mapping.target != to) continue;
      if (mapping.relation == MappingRelation::kExact) {
        offer(SkillRelation::kMapped, policy_.mapping_exact);
      } else if (mapping.relation == MappingRelation::kClose) {
        offer(SkillRelation::kMapped, policy_.mapping_close);
      } else if (mapping.relation == held_is_narrower) {
        offer(SkillRelation::kMapped, policy_.mapping_narrower);
      }
    }
  }

  std::vector<Concept> concepts_;  // in order of name
  AbilityPolicy policy_;
};

TEST_P(GeneratedTaxonomyTest, ExpandsAsDefined) {
  const Taxonomy taxonomy = Compiled(concepts_);
  for (ConceptIndex required = 0; required < concepts_.size(); ++required) {
    std::vector<Expansion> expected = {{required, SkillRelation::kSame, kWhole}};
    for (ConceptIndex held = 0; held < concepts_.size(); ++held) {
      if (held == required) continue;
      const Expansion best = Best(concepts_[required], concepts_[held], held);
      if (best.factor > 0) expected.push_back(best);
    }
    ASSERT_EQ(taxonomy.Expand(required, policy_), expected)
        << "seed " << GetParam() << ", required " << concepts_[required].name;
  }
}

TEST_P(GeneratedTaxonomyTest, DoesNotDependOnTheOrderOfConcepts) {
  const Taxonomy taxonomy = Compiled(concepts_);
  std::vector<Concept> shuffled = concepts_;
  std::mt19937 random(GetParam() + 1);
  std::shuffle(shuffled.begin(), shuffled.end(), random);
  const Taxonomy other = Compiled(shuffled);
  for (ConceptIndex index = 0; index < concepts_.size(); ++index) {
    ASSERT_EQ(taxonomy.name(index), other.name(index)) << "seed " << GetParam();
    ASSERT_EQ(taxonomy.Expand(index, policy_), other.Expand(index, policy_))
        << "seed " << GetParam() << ", required " << taxonomy.name(index);
  }
}

TEST_P(GeneratedTaxonomyTest, ClosingAnyWayUpIsRefused) {
  for (size_t low = 0; low < concepts_.size(); ++low) {
    for (const std::string& high :
         std::set<std::string>(concepts_[low].broader.begin(), concepts_[low].broader.end())) {
      std::vector<Concept> closed = concepts_;
      closed[std::stoul(high.substr(1)) - 100].broader.push_back(concepts_[low].name);
      ASSERT_EQ(Taxonomy::Compile(closed).status().code(), absl::StatusCode::kInvalidArgument)
          << "seed " << GetParam() << ", " << concepts_[low].name << " below " << high;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, GeneratedTaxonomyTest, ::testing::Range(1u, 41u));

}  // namespace
}  // namespace passend::matcher
