//! A mandate for less than a category.

use lagrum_model::{AuthorityKind, Category, SubCategory};

use super::*;

fn scope(why: &Refused) -> bool {
    matches!(why, Refused::Mandate(_))
}

fn law(why: &Refused) -> bool {
    matches!(why, Refused::Law(_))
}

/// A judge's order of the United States for traffic data, to this company there.
fn order(mandate: &mut Mandate) {
    let us = lagrum_model::testing::country("US");
    mandate.categories = vec![Category::Traffic];
    mandate.basis.authority.country = us;
    mandate.basis.authority.kind = AuthorityKind::Prosecutor;
    mandate.basis.instrument.country = us;
    mandate.basis.instrument.kind = InstrumentKind::DisclosureOrder;
    mandate.basis.instrument.measure = None;
    mandate.basis.instrument.issued_by = IssuerKind::Judge;
    mandate.basis.addressee_country = us;
}

/// The gate's answer, for data that lies in the United States.
fn admitted(ticked: &[SubCategory], change: &dyn Fn(&mut Mandate)) -> Result<Cleared, Refused> {
    let provider = Provider::new();
    let mut mandate = mandate();
    order(&mut mandate);
    mandate.sub_categories = ticked.to_vec();
    change(&mut mandate);
    let recipients = testing::recipients();
    let to = mandate.recipient.recipient().unwrap();
    let known = recipients.find(to, lagrum_model::testing::country("SE"));
    assert!(known.is_some());
    provider.admit_at(
        &provider.untrusted(&mandate, &[&provider.olof, &provider.maja]),
        NOW,
        "stockholm",
        "US",
        Controller::Consumer,
        &|_| Ok(Standing::New),
    )
}

#[test]
fn what_the_law_does_not_cover_below_a_category_does_not_pass_whatever_two_people_signed() {
    use SubCategory::{Endpoints, Location, Routing};
    for ticked in [&[][..], &[Location], &[Routing, Location]] {
        refused(admitted(ticked, &|_| {}), law, "warrant");
    }
    // The law permits these: what stops them is the next check, which knows no such authority.
    refused(
        admitted(&[Endpoints, Routing], &|_| {}),
        scope,
        "does not know the recipient",
    );
}

#[test]
fn a_box_of_a_category_that_is_not_ordered_or_that_stands_there_twice_is_refused() {
    use SubCategory::{Mailbox, Payment};
    let provider = Provider::new();
    let changed = |ticked: &[SubCategory]| {
        provider.admit_changed(&|mandate| mandate.sub_categories = ticked.to_vec())
    };
    refused(changed(&[Payment]), scope, "`payment`");
    refused(changed(&[Mailbox, Mailbox]), scope, "twice");
    let cleared = changed(&[Mailbox]).unwrap();
    let order = cleared.orders().next().unwrap();
    assert_eq!(order.sub_categories(), [Mailbox]);
    assert!(order.covers(Some(Mailbox)) && !order.covers(Some(SubCategory::Storage)));
    assert!(!order.covers(None), "nobody has said where it lies");
    let whole = changed(&[]).unwrap();
    assert!(whole.orders().next().unwrap().covers(None));
}
