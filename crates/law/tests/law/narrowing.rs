//! The parts of one demand, judged together.

use lagrum_law::narrow;
use lagrum_model::{
    Category, Citation, Disposition, Effect, EmailAddress, Finding, Identifier, Part,
};

use Disposition::{Challenge, Narrow, NoData, Produce, Reject};

fn part(disposition: Disposition, by_a_rule: bool) -> Part {
    let citation = Citation {
        rule: "x.rule".into(),
        effect: Effect::Forbid,
        cite: "a provision".into(),
        says: "A sentence.".into(),
        verified: "unverified".into(),
    };
    Part {
        asked_in: 0,
        identifier: Identifier::EmailAddress(EmailAddress::parse("someone@example.com").unwrap()),
        account: None,
        category: Category::Content,
        sub_categories: Vec::new(),
        holding: None,
        finding: Finding {
            disposition,
            instead: None,
            decided_by: by_a_rule.then_some(citation).into_iter().collect(),
            overridden: Vec::new(),
            via: None,
            form: None,
            within: None,
        },
        note: None,
    }
}

fn narrowed<const N: usize>(parts: [(Disposition, bool); N]) -> [Disposition; N] {
    let mut parts = parts.map(|(disposition, by_a_rule)| part(disposition, by_a_rule));
    narrow(&mut parts);
    let once = parts.clone().map(|part| part.finding.disposition);
    narrow(&mut parts);
    assert_eq!(
        once,
        parts.map(|part| part.finding.disposition),
        "a second time changes nothing"
    );
    once
}

#[test]
fn a_part_that_nothing_permits_is_narrowed_away_beside_one_that_is_produced() {
    assert_eq!(
        narrowed([(Produce, true), (Reject, false)]),
        [Produce, Narrow]
    );
    assert_eq!(
        narrowed([(NoData, true), (Reject, false)]),
        [NoData, Narrow]
    );
}

#[test]
fn a_part_that_a_rule_rejects_or_challenges_stays_as_it_is() {
    assert_eq!(
        narrowed([(Produce, true), (Reject, true), (Challenge, true)]),
        [Produce, Reject, Challenge]
    );
}

#[test]
fn where_nothing_is_produced_there_is_nothing_to_narrow_to() {
    assert_eq!(
        narrowed([(Narrow, true), (Reject, false), (Challenge, true)]),
        [Reject, Reject, Challenge]
    );
    assert_eq!(narrowed([]), []);
}

#[test]
fn what_is_to_be_narrowed_stays_narrowed_beside_a_part_that_is_produced() {
    assert_eq!(
        narrowed([(Narrow, true), (Produce, true)]),
        [Narrow, Produce]
    );
}
