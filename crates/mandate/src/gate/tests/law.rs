//! Check 3: the agent's own law.

use super::*;

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
    let cleared = admit(&keep).unwrap();
    assert_eq!(cleared.mandate().act, Act::Preserve);
    let mut hand_over = mandate();
    hand_over.act = Act::Preserve;
    refused(
        admit(&hand_over),
        law,
        "is to preserve, the instrument asks to disclose",
    );
}
