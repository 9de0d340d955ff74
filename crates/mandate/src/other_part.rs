use jiff::Timestamp;
use lagrum_model::{Case, Category, Disposition, Identifier, SubCategory};
use serde::{Deserialize, Serialize};

/// A part of the demand that a mandate does not carry out, or carries out for less than was asked, as
/// the officer who gets the package reads it: nobody takes a part of an answer for the whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherPart {
    /// Whose data, as the demand says it.
    pub identifier: Identifier,
    /// Which kind.
    pub category: Category,
    /// Which boxes below it the demand ticks. Empty: all of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sub_categories: Vec<SubCategory>,
    /// How it was answered when the mandate was drafted; [`Disposition::Wait`]: not yet.
    pub answer: Disposition,
    /// Whether the package holds it, for less than was asked.
    #[serde(default, skip_serializing_if = "is_false")]
    pub here: bool,
    /// Until when it waits at most (UTC), where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// The rules that decided it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<Provision>,
}

/// A rule, as somebody outside reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provision {
    /// Its name in the law packs.
    pub rule: String,
    /// Where it is written.
    pub cite: String,
    /// What it says.
    pub says: String,
}

impl OtherPart {
    /// The parts of a case that a mandate for `parts` does not carry out in full. What waits, waits until
    /// `until` (UTC) at most, where that is known.
    #[must_use]
    pub fn of(case: &Case, parts: &[usize], until: Option<Timestamp>) -> Vec<Self> {
        let all = case.assessment.iter().flat_map(|found| &found.parts);
        all.enumerate()
            .filter_map(|(place, part)| {
                let here = parts.contains(&place);
                let cut = part.finding.within.as_ref();
                if here && cut.is_none() && part.finding.disposition != Disposition::Narrow {
                    return None;
                }
                let answer = case.answers.iter().find(|answer| answer.part == place);
                let answer = answer.map_or(Disposition::Wait, |answer| answer.disposition);
                let cut = cut.into_iter().flat_map(|within| &within.by);
                let decided = part.finding.decided_by.iter().filter(|_| !here);
                let by = decided.chain(cut).map(|rule| Provision {
                    rule: rule.rule.clone(),
                    cite: rule.cite.clone(),
                    says: rule.says.clone(),
                });
                // A person may be stricter than the law, and the law's rules are then not why.
                let by_law = answer == part.finding.proposed();
                Some(Self {
                    identifier: part.identifier.clone(),
                    category: part.category,
                    sub_categories: part.sub_categories.clone(),
                    answer,
                    here,
                    until: until.filter(|_| answer == Disposition::Wait),
                    by: by.filter(|_| by_law).collect(),
                })
            })
            .collect()
    }

    /// Whether what was said of a part when the mandate was drafted is still so, or it waited then.
    #[must_use]
    pub fn still_holds(&self, now: &Self) -> bool {
        let asked = |one: &Self| {
            let boxes = one.sub_categories.clone();
            (one.identifier.clone(), one.category, boxes, one.here)
        };
        let same = asked(self) == asked(now);
        same && (self.answer == Disposition::Wait
            || (self.answer, &self.by) == (now.answer, &now.by))
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(it: &bool) -> bool {
    !it
}

#[cfg(test)]
mod tests {
    use lagrum_model::{
        Answer, AskedPeriod, Assessment, Citation, Controller, CountryCode, Effect, Finding,
        Holding, Part, Region, Sha256Digest, Within,
    };

    use super::*;

    fn rule(id: &str) -> Citation {
        Citation {
            rule: id.into(),
            effect: Effect::Forbid,
            cite: "§ 1".into(),
            says: "It forbids it.".into(),
            verified: "not read".into(),
        }
    }

    fn part(category: Category, disposition: Disposition, cut: bool) -> Part {
        let identifier = serde_json::json!({"kind": "email-address", "value": "a@b.example"});
        Part {
            asked_in: 0,
            account: None,
            identifier: serde_json::from_value(identifier).unwrap(),
            category,
            sub_categories: Vec::new(),
            holding: Some(Holding::new(
                category,
                Region::parse("stockholm").unwrap(),
                CountryCode::parse("SE").unwrap(),
                Controller::Consumer,
            )),
            finding: Finding {
                disposition,
                instead: None,
                decided_by: vec![rule("decides")],
                overridden: vec![],
                form: None,
                via: None,
                within: cut.then(|| Within {
                    period: Some(AskedPeriod::default()),
                    sub_categories: Vec::new(),
                    by: vec![rule("cuts")],
                }),
            },
            note: None,
        }
    }

    fn case(parts: Vec<Part>, answers: &[(usize, Disposition)]) -> Case {
        let answer = |&(part, disposition): &(usize, Disposition)| Answer {
            part,
            disposition,
            reason: "because".into(),
        };
        Case {
            assessment: Some(Assessment {
                as_of: jiff::civil::date(2026, 11, 21),
                law: Sha256Digest::of(b"law"),
                clocks: std::collections::BTreeMap::new(),
                parts,
            }),
            answers: answers.iter().map(answer).collect(),
            ..Case::default()
        }
    }

    fn rules(part: &OtherPart) -> Vec<&str> {
        part.by.iter().map(|by| by.rule.as_str()).collect()
    }

    #[test]
    fn what_a_mandate_does_not_carry_out_is_said_with_its_answer_and_why() {
        let until: Timestamp = "2026-12-01T00:00:00Z".parse().unwrap();
        let case = case(
            vec![
                part(Category::Subscriber, Disposition::Produce, false),
                part(Category::Traffic, Disposition::Reject, false),
                part(Category::Content, Disposition::Wait, false),
                part(Category::Identification, Disposition::Produce, false),
            ],
            &[
                (0, Disposition::Produce),
                (1, Disposition::Reject),
                (3, Disposition::Reject),
            ],
        );
        let others = OtherPart::of(&case, &[0], Some(until));
        let said: Vec<_> = others
            .iter()
            .map(|one| (one.category, one.answer, one.until, rules(one)))
            .collect();
        assert_eq!(
            said,
            [
                (
                    Category::Traffic,
                    Disposition::Reject,
                    None,
                    vec!["decides"]
                ),
                (
                    Category::Content,
                    Disposition::Wait,
                    Some(until),
                    vec!["decides"]
                ),
                // A person was stricter than the law: its rules are not why.
                (Category::Identification, Disposition::Reject, None, vec![]),
            ]
        );
    }

    #[test]
    fn what_is_carried_out_for_less_than_was_asked_is_said() {
        let parts = vec![
            part(Category::Subscriber, Disposition::Produce, false),
            part(Category::Content, Disposition::Produce, true),
        ];
        let case = case(
            parts,
            &[(0, Disposition::Produce), (1, Disposition::Produce)],
        );
        let others = OtherPart::of(&case, &[0, 1], None);
        let [cut] = &others[..] else {
            panic!("{others:?}");
        };
        assert!(cut.here && cut.category == Category::Content);
        assert_eq!(rules(cut), ["cuts"]);
    }

    #[test]
    fn what_waited_when_the_mandate_was_drafted_may_be_answered_since_and_nothing_else() {
        let parts = |answer| case(vec![part(Category::Traffic, answer, false)], &[(0, answer)]);
        let said = |answer| OtherPart::of(&parts(answer), &[], None).remove(0);
        let waits = said(Disposition::Wait);
        for now in [Disposition::Wait, Disposition::Produce, Disposition::Reject] {
            assert!(waits.still_holds(&said(now)), "{now:?}");
        }
        let rejected = said(Disposition::Reject);
        assert!(rejected.still_holds(&rejected));
        for now in [Disposition::Wait, Disposition::Produce] {
            assert!(!rejected.still_holds(&said(now)), "{now:?}");
        }
    }
}
