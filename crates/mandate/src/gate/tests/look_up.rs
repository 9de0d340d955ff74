//! A mandate to look up whose account something is.

use lagrum_model::{AccountIdentifier, AuthorityKind, Category, Identifier, Period};

use super::*;
use crate::{LookUp, WIDEST_WINDOW};

fn scope(why: &Refused) -> bool {
    matches!(why, Refused::Mandate(_))
}

fn law(why: &Refused) -> bool {
    matches!(why, Refused::Law(_))
}

fn named(text: &str) -> AccountIdentifier {
    Identifier::parse(text).unwrap().try_into().unwrap()
}

const USED: &str = "ip-address:198.51.100.23 port 51234 at 2026-08-20T19:04:11Z";

/// A European order of a prosecutor, for whoever used an address.
fn look_up(mandate: &mut Mandate) {
    mandate.identifiers = vec![named(USED)];
    mandate.categories = vec![Category::Identification];
    mandate.look_up = Some(LookUp { seconds_around: 60 });
    mandate.period = Period::new(
        "2026-08-20T19:03:11Z".parse().unwrap(),
        "2026-08-20T19:05:12Z".parse().unwrap(),
    )
    .unwrap();
    mandate.basis.authority.kind = AuthorityKind::Prosecutor;
    mandate.basis.instrument.kind = InstrumentKind::EuropeanProductionOrder;
    mandate.basis.addressee_country = lagrum_model::testing::country("DE");
    mandate.basis.instrument.issued_by = IssuerKind::Prosecutor;
    mandate.basis.instrument.qualified_signature = true;
}

#[test]
fn who_used_an_address_is_looked_up_and_nothing_is_searched() {
    let provider = Provider::new();
    let admit = |change: &dyn Fn(&mut Mandate)| {
        provider.admit_changed(&|mandate| {
            look_up(mandate);
            change(mandate);
        })
    };
    let cleared = admit(&|_| {}).unwrap();
    assert_eq!(cleared.orders().count(), 0);
    assert!(cleared.orders_of(&Category::ALL).is_empty());
    let asked: Vec<_> = cleared.look_ups().unwrap().iter().collect();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].1, Some(cleared.mandate().period));
    // Another that searches looks nothing up.
    let searching = provider.admit_changed(&|_| {}).unwrap();
    assert!(searching.look_ups().is_none());

    refused(
        admit(&|m| {
            m.look_up = Some(LookUp {
                seconds_around: WIDEST_WINDOW + 1,
            })
        }),
        scope,
        "seconds around",
    );
    refused(
        admit(&|m| m.identifiers = vec![crate::testing::account("alder@kvist.example")]),
        scope,
        "`email-address` is not looked up",
    );
    refused(
        admit(&|m| m.identifiers.push(named("phone-number:+46701740605"))),
        scope,
        "mixes",
    );
    refused(
        admit(&|m| m.look_up = Some(LookUp { seconds_around: 10 })),
        scope,
        "beyond the windows",
    );
    refused(
        admit(&|m| m.identifiers = vec![named("imei:490154203237518")]),
        scope,
        "`imei` is not looked up",
    );
}

#[test]
fn who_used_an_address_is_found_out_only_where_the_law_lets_users_be_identified() {
    let provider = Provider::new();
    let admit = |change: &dyn Fn(&mut Mandate)| {
        provider.admit_changed(&|mandate| {
            look_up(mandate);
            change(mandate);
        })
    };
    assert!(admit(&|m| m.categories = vec![Category::Subscriber]).is_ok());
    refused(
        admit(&|m| m.categories = vec![Category::Content]),
        law,
        "content data",
    );
    refused(
        admit(&|m| m.basis.authority.verified = false),
        law,
        "identification data",
    );
    // A decision that reaches content, and no data that identifies anybody.
    let decision = |m: &mut Mandate| {
        let usual = mandate();
        m.basis = usual.basis;
        m.categories = usual.categories;
    };
    let by_address = admit(&decision);
    let by_number = admit(&|m| {
        decision(m);
        m.identifiers = vec![named("phone-number:+46701740605")];
    });
    assert!(by_number.is_ok(), "{by_number:?}");
    if let Err(why) = by_address {
        assert!(
            law(&why) && why.to_string().contains("identification data"),
            "{why}"
        );
    }
    // The window is cut at the receipt, by the law.
    refused(
        admit(&|m| m.basis.received_at = Some("2026-08-20T19:04:00Z".parse().unwrap())),
        law,
        "",
    );
}
