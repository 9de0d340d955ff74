use std::collections::BTreeSet;

use jiff::Timestamp;
use lagrum_model::{Case, Category, Citation, Disposition, Identifier, Sha256Digest, SubCategory};
use serde::{Deserialize, Serialize};

use crate::{OtherPart, Provision};

/// First line of the text.
const HEADING: &str = "lagrum-demand-answers/1\n";

/// How a demand was answered, part by part, when mandates were drafted. It is written once for all
/// that are drafted together; each of them names it by its digest ([`AnswersRef`]), so that what two
/// people sign says what the package tells of the parts that it does not answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemandAnswers {
    /// Every part of the assessment, in its order.
    pub parts: Vec<AnsweredPart>,
    /// The rules that decided them, each once.
    pub rules: Vec<Provision>,
}

/// One part of a demand, and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnsweredPart {
    /// Whose data, as the demand says it.
    pub identifier: Identifier,
    /// Which kind.
    pub category: Category,
    /// Which boxes below it the demand ticks. Empty: all of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sub_categories: Vec<SubCategory>,
    /// How it was answered when the mandates were drafted; [`Disposition::Wait`]: not yet.
    pub answer: Disposition,
    /// Until when it waits at most (UTC), where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// The rules that decided it, by their place in [`DemandAnswers::rules`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<usize>,
    /// The rules by which less is carried out than was asked, likewise. Absent: it is carried out in
    /// full, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_by: Option<Vec<usize>>,
}

/// What a mandate says of the demand that it answers a part of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswersRef {
    /// SHA-256 of the text of the [`DemandAnswers`].
    pub sha256: Sha256Digest,
    /// Which of its parts this mandate carries out, counted from 0.
    pub here: Vec<usize>,
}

/// Why what comes with a mandate does not tell how its demand was answered.
#[derive(Debug, thiserror::Error)]
pub enum NotTheAnswers {
    /// The mandate names no answers, or it names some and none came.
    #[error("how the rest of the demand was answered is missing, or the mandate does not name it")]
    Missing,
    /// Its digest is not the one in the mandate.
    #[error("how the rest of the demand was answered is not what the mandate names")]
    Another,
    /// It is no such text.
    #[error("how the rest of the demand was answered cannot be read")]
    Unreadable,
}

impl DemandAnswers {
    /// How the parts of a case are answered. What waits, waits until `until` (UTC) at most, where that
    /// is known.
    #[must_use]
    pub fn of(case: &Case, until: Option<Timestamp>) -> Self {
        let mut rules: Vec<Provision> = Vec::new();
        let mut places = |cited: &[Citation]| -> Vec<usize> {
            let place = |rule: &Citation| {
                let Citation {
                    rule, cite, says, ..
                } = rule;
                let same =
                    |one: &Provision| one.rule == *rule && one.cite == *cite && one.says == *says;
                rules.iter().position(same).unwrap_or_else(|| {
                    rules.push(Provision {
                        rule: rule.clone(),
                        cite: cite.clone(),
                        says: says.clone(),
                    });
                    rules.len() - 1
                })
            };
            cited.iter().map(place).collect()
        };
        let all = case.assessment.iter().flat_map(|found| &found.parts);
        let mut answers = vec![Disposition::Wait; all.clone().count()];
        for given in &case.answers {
            if let Some(answer) = answers.get_mut(given.part) {
                *answer = given.disposition;
            }
        }
        let parts = all.zip(answers).map(|(part, answer)| {
            let finding = &part.finding;
            let cut = finding.within.as_ref().filter(|within| within.is_less());
            let cut = cut.map(|within| &within.by[..]);
            let narrow = finding.disposition == Disposition::Narrow;
            let cut = cut.or(narrow.then_some(&[][..]));
            // A person may be stricter than the law, and the law's rules are then not why.
            let by_law = answer == finding.proposed();
            AnsweredPart {
                identifier: part.identifier.clone(),
                category: part.category,
                sub_categories: part.sub_categories.clone(),
                answer,
                until: until.filter(|_| answer == Disposition::Wait),
                by: places(if by_law { &finding.decided_by } else { &[] }),
                cut_by: cut.map(|cut| places(if by_law { cut } else { &[] })),
            }
        });
        let parts = parts.collect();
        Self { parts, rules }
    }

    /// The text whose digest mandates name.
    ///
    /// # Panics
    /// Never: it has only JSON-safe fields.
    #[must_use]
    pub fn to_text(&self) -> String {
        let json = serde_json::to_string(self).expect("it has only JSON-safe fields");
        format!("{HEADING}{json}\n")
    }

    /// Reads what [`DemandAnswers::to_text`] writes.
    ///
    /// # Errors
    /// [`NotTheAnswers::Unreadable`].
    pub fn parse(text: &[u8]) -> Result<Self, NotTheAnswers> {
        let json = text.strip_prefix(HEADING.as_bytes());
        let read = json.and_then(|json| serde_json::from_slice(json).ok());
        read.ok_or(NotTheAnswers::Unreadable)
    }

    /// SHA-256 of the text.
    #[must_use]
    pub fn digest(&self) -> Sha256Digest {
        Sha256Digest::of(self.to_text().as_bytes())
    }

    /// The parts that a mandate for those in `here` does not carry out in full. Nothing, where a part or
    /// a rule is named that is not there.
    #[must_use]
    pub fn others(&self, here: &[usize]) -> Option<Vec<OtherPart>> {
        let here: BTreeSet<_> = here.iter().copied().collect();
        if here.last().is_some_and(|last| *last >= self.parts.len()) {
            return None;
        }
        let mut others = Vec::new();
        for (place, part) in self.parts.iter().enumerate() {
            let here = here.contains(&place);
            let decided = part.by.iter().filter(|_| !here);
            if here && part.cut_by.is_none() {
                continue;
            }
            let rules = decided.chain(part.cut_by.iter().flatten());
            let by = rules.map(|rule| self.rules.get(*rule).cloned());
            others.push(OtherPart {
                identifier: part.identifier.clone(),
                category: part.category,
                sub_categories: part.sub_categories.clone(),
                answer: part.answer,
                here,
                until: part.until,
                by: by.collect::<Option<_>>()?,
            });
        }
        Some(others)
    }
}

#[cfg(test)]
mod tests {
    use lagrum_model::{
        Answer, AskedPeriod, Assessment, Citation, Controller, CountryCode, Effect, Finding,
        Holding, Part, Region, Sha256Digest, Within,
    };

    use super::*;
    use crate::Mandate;

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
                    open: false,
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
            form: None,
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

    fn others(case: &Case, parts: &[usize], until: Option<Timestamp>) -> Vec<OtherPart> {
        let answers = DemandAnswers::of(case, until);
        let read = DemandAnswers::parse(answers.to_text().as_bytes()).unwrap();
        assert_eq!(read, answers);
        read.others(parts).unwrap()
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
        let others = others(&case, &[0], Some(until));
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
        let others = others(&case, &[0, 1], None);
        let [cut] = &others[..] else {
            panic!("{others:?}");
        };
        assert!(cut.here && cut.category == Category::Content);
        assert_eq!(rules(cut), ["cuts"]);
    }

    #[test]
    fn what_waited_when_the_mandate_was_drafted_may_be_answered_since_and_nothing_else() {
        let parts = |answer| case(vec![part(Category::Traffic, answer, false)], &[(0, answer)]);
        let said = |answer| others(&parts(answer), &[], None).remove(0);
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

    #[test]
    fn a_rule_is_written_once_however_many_parts_it_decides() {
        let one = || part(Category::Traffic, Disposition::Reject, false);
        let parts: Vec<_> = (0..500).map(|_| one()).collect();
        let rejected: Vec<_> = (0..500).map(|part| (part, Disposition::Reject)).collect();
        let answers = DemandAnswers::of(&case(parts, &rejected), None);
        assert_eq!((answers.parts.len(), answers.rules.len()), (500, 1));
        assert_eq!(rules(&answers.others(&[]).unwrap()[499]), ["decides"]);
    }

    #[test]
    fn a_mandate_has_the_answers_that_it_names_and_no_others() {
        let parts = || vec![part(Category::Traffic, Disposition::Reject, false)];
        let answers = |answer| DemandAnswers::of(&case(parts(), &[(0, answer)]), None);
        let (said, other) = (answers(Disposition::Reject), answers(Disposition::Wait));
        let naming = |answers: Option<AnswersRef>| Mandate {
            answers,
            ..crate::testing::mandate()
        };
        let named = |here: &[usize]| {
            naming(Some(AnswersRef {
                sha256: said.digest(),
                here: here.to_vec(),
            }))
        };
        assert_eq!(named(&[]).others(Some(&said)).unwrap().len(), 1);
        assert_eq!(named(&[0]).others(Some(&said)).unwrap(), []);
        assert_eq!(naming(None).others(None).unwrap(), []);
        let why = |mandate: Mandate, came| mandate.others(came).unwrap_err();
        assert!(matches!(
            why(named(&[]), Some(&other)),
            NotTheAnswers::Another
        ));
        assert!(matches!(why(named(&[]), None), NotTheAnswers::Missing));
        assert!(matches!(
            why(naming(None), Some(&said)),
            NotTheAnswers::Missing
        ));
        assert!(matches!(
            why(named(&[1]), Some(&said)),
            NotTheAnswers::Unreadable
        ));
        // A rule that is not there.
        let mut torn = said.clone();
        torn.rules.clear();
        assert_eq!(torn.others(&[]), None);
        for text in [
            "",
            "lagrum-demand-answers/1\n",
            "lagrum-demand-answers/1\n{}\n",
        ] {
            assert!(DemandAnswers::parse(text.as_bytes()).is_err(), "{text:?}");
        }
    }
}
