//! Check 3: the agent's own law.

use jiff::SignedDuration;
use lagrum_model::Period;

use super::*;
use crate::{KeptIn, SealedTo};

fn law(why: &Refused) -> bool {
    matches!(why, Refused::Law(_))
}

#[test]
fn check_3_the_agents_own_law_decides_for_the_place_where_the_data_lies() {
    let provider = Provider::new();
    let untrusted = provider.untrusted(&mandate(), &[&provider.olof, &provider.maja]);
    let at = |country, controller| {
        provider.admit_at(&untrusted, NOW, "stockholm", country, controller, &|_| {
            Ok(Standing::New)
        })
    };
    refused(
        at("IE", Controller::Consumer),
        law,
        "content data stored in IE",
    );
    refused(at("SE", Controller::Enterprise), law, "content data");
    assert!(at("SE", Controller::Consumer).is_ok());
    let mut unverified = mandate();
    unverified.basis.authority.verified = false;
    refused(
        provider.admit(&provider.untrusted(&unverified, &[&provider.olof, &provider.maja])),
        law,
        "",
    );
}

#[test]
fn check_3_the_law_permits_the_act_of_the_mandate_and_no_other() {
    let provider = Provider::new();
    let signers = [&provider.olof, &provider.maja];
    let admit = |mandate: &Mandate| provider.admit(&provider.untrusted(mandate, &signers));
    let mut keep = mandate();
    keep.basis.instrument.kind = InstrumentKind::PreservationOrder;
    keep.basis.instrument.issued_by = IssuerKind::Prosecutor;
    refused(
        admit(&keep),
        law,
        "is to disclose, the instrument asks to preserve",
    );
    keep.act = Act::Preserve;
    let exact = |why: &Refused| matches!(why, Refused::Mandate(_));
    refused(admit(&keep), exact, "names somebody to whom is handed over");
    let until = keep.issued_at + SignedDuration::from_hours(90 * 24);
    keep.recipient = SealedTo::Vault(KeptIn::until(until));
    let cleared = admit(&keep).unwrap();
    assert_eq!(cleared.mandate().act, Act::Preserve);
    let mut hand_over = mandate();
    hand_over.act = Act::Preserve;
    refused(
        admit(&hand_over),
        law,
        "is to preserve, the instrument asks to disclose",
    );
    // A copy is kept for a time that is bounded, and nothing is handed over to nobody.
    let change = |change: &dyn Fn(&mut Mandate)| {
        let mut changed = keep.clone();
        change(&mut changed);
        admit(&changed)
    };
    let kept = |hours| {
        let until = keep.issued_at + SignedDuration::from_hours(hours);
        SealedTo::Vault(KeptIn::until(until))
    };
    refused(
        change(&|m| m.recipient = kept(201 * 24)),
        exact,
        "longer than 200 days",
    );
    refused(
        change(&|m| m.recipient = kept(0)),
        exact,
        "before it was issued",
    );
    let mut to_nobody = mandate();
    to_nobody.recipient = kept(24);
    refused(admit(&to_nobody), exact, "names nobody to whom");
}

#[test]
fn check_3_the_period_never_reaches_beyond_what_the_law_covers() {
    let provider = Provider::new();
    let admit = |change: &dyn Fn(&mut Mandate)| provider.admit_changed(change);
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let received = at("2026-11-03T09:00:00Z");
    let up_to = |mandate: &mut Mandate, until| {
        mandate.basis.received_at = Some(received);
        mandate.period = Period::new(at("2026-01-01T00:00:00Z"), until).unwrap();
    };
    assert!(admit(&|mandate| up_to(mandate, received)).is_ok());
    let later = received + SignedDuration::from_millis(1);
    refused(
        admit(&|mandate| up_to(mandate, later)),
        law,
        "Only what was stored when the demand was received",
    );
    refused(
        admit(&|mandate| mandate.basis.received_at = None),
        law,
        "Only what was stored when the demand was received",
    );
    // The law of the instrument itself is what is cited, where it says so.
    refused(
        admit(&|mandate| {
            up_to(mandate, later);
            let instrument = &mut mandate.basis.instrument;
            instrument.kind = InstrumentKind::EuropeanProductionOrder;
            instrument.qualified_signature = true;
            instrument.country = lagrum_model::testing::country("DE");
            mandate.basis.authority.country = lagrum_model::testing::country("DE");
            instrument.notification = Some(lagrum_model::Notification::NotRequired);
        }),
        law,
        "recital 19",
    );
}

#[test]
fn check_3_nothing_leaves_on_what_is_dated_ahead_withdrawn_or_not_confirmed() {
    let provider = Provider::new();
    let admit = |change: &dyn Fn(&mut Mandate)| provider.admit_changed(change);
    for (change, says) in [
        (
            (|mandate: &mut Mandate| {
                mandate.basis.instrument.issued_on = date(2026, 12, 24);
            }) as fn(&mut Mandate),
            "whose day had not come",
        ),
        (
            |mandate| mandate.basis.since.withdrawn = true,
            "has withdrawn the demand",
        ),
        (
            |mandate| mandate.basis.since.validation_refused = true,
            "afterwards refused to",
        ),
        (
            |mandate| mandate.basis.instrument.valid_until = Some(date(2026, 11, 20)),
            "after the last day that it names",
        ),
    ] {
        refused(admit(&change), law, says);
    }
}
