//! Questions of which accounts there are.

use crate::{
    AccountKnown, AccountNamed, AccountTold, Category, Controller, CountryCode, EmailAddress,
    EventKind, Region, Sha256Digest,
};

pub(super) fn all() -> Vec<(&'static str, EventKind)> {
    let inquiry = Sha256Digest::of(b"inquiry");
    let address = |text: &str| EmailAddress::parse(text).unwrap();
    let known = AccountKnown {
        controller: Controller::Consumer,
        resides_in: CountryCode::parse("SE").ok(),
        us_person: Some(false),
        privileged: true,
        public_authority_of: CountryCode::parse("NO").ok(),
        categories: vec![Category::Subscriber, Category::Content],
    };
    let told = |text: &str, names: AccountNamed| AccountTold {
        address: address(text),
        names,
    };
    let accounts = vec![
        told(
            "alder@kvist.example",
            AccountNamed::Account {
                known: known.clone(),
            },
        ),
        told(
            "al@kvist.example",
            AccountNamed::Alias {
                of: address("alder@kvist.example"),
                known,
            },
        ),
        told("old@kvist.example", AccountNamed::Nobody {}),
        told("else@kvist.example", AccountNamed::Unknown {}),
    ];
    vec![
        (
            "inquired",
            EventKind::Inquired {
                inquiry,
                region: Region::parse("stockholm").unwrap(),
                note: "lagrum-inquiry/1\n".into(),
            },
        ),
        (
            "inquiry-answered",
            EventKind::InquiryAnswered {
                inquiry,
                accounts,
                answer: "lagrum-accounts/1\n".into(),
            },
        ),
        (
            "inquiry-refused",
            EventKind::InquiryRefused {
                inquiry,
                why: "log: not yet".into(),
                answer: "lagrum-refusal/1\n".into(),
            },
        ),
    ]
}
