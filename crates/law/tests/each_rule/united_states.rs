//! The Stored Communications Act.

use super::{Case, case};
use crate::common::*;
use jiff::civil::date;
use lagrum_model::{Category, IssuerKind};

use Category::{Content, Identification, Subscriber, Traffic};

pub fn cases() -> Vec<Case> {
    let before = |c: &mut Case| c.day = c.day.yesterday().unwrap();
    let after = |c: &mut Case| c.day = c.day.tomorrow().unwrap();
    vec![
        case(
            "us.sca.subscriber",
            us_subpoena(),
            holding(Identification, "US"),
            |c| {
                c.holding.category = Traffic;
            },
        ),
        case(
            "us.sca.traffic",
            us_disclosure_order(),
            holding(Traffic, "US"),
            |c| {
                c.basis.instrument.issued_by = IssuerKind::Prosecutor;
            },
        ),
        case(
            "us.sca.records.abroad",
            us_subpoena(),
            holding(Subscriber, "IE"),
            before,
        )
        .on(date(2018, 3, 23)),
        case(
            "us.sca.records.abroad.unsettled",
            us_subpoena(),
            holding(Subscriber, "IE"),
            after,
        )
        .on(date(2018, 3, 22)),
        case(
            "us.sca.traffic.needs-order",
            us_subpoena(),
            holding(Traffic, "US"),
            |c| {
                c.basis = us_disclosure_order();
            },
        ),
        case(
            "us.sca.content.warrant",
            new_york_warrant(),
            holding(Content, "US"),
            |c| {
                c.basis.instrument.issued_by = IssuerKind::Prosecutor;
            },
        ),
        case(
            "us.sca.content.needs-warrant",
            us_disclosure_order(),
            holding(Content, "US"),
            |c| {
                c.basis = new_york_warrant();
            },
        ),
        case(
            "us.sca.content.abroad.contested",
            new_york_warrant(),
            holding(Content, "IE"),
            after,
        )
        .on(date(2014, 4, 24)),
        case(
            "us.sca.content.abroad.southern-district",
            new_york_warrant(),
            holding(Content, "IE"),
            before,
        )
        .on(date(2014, 4, 25)),
        case(
            "us.sca.content.abroad.appeal",
            new_york_warrant(),
            holding(Content, "IE"),
            after,
        )
        .on(date(2016, 7, 13)),
        case(
            "us.sca.content.abroad.second-circuit",
            new_york_warrant(),
            holding(Content, "IE"),
            after,
        )
        .on(date(2018, 3, 22)),
        case(
            "us.sca.content.warrant.abroad",
            new_york_warrant(),
            holding(Content, "IE"),
            |c| {
                c.basis.addressee_country = country("IE");
            },
        ),
        case(
            "us.sca.emergency.content",
            us_emergency(),
            holding(Content, "US"),
            |c| {
                c.basis.emergency = false;
            },
        ),
        case(
            "us.sca.emergency.records",
            us_emergency(),
            holding(Traffic, "US"),
            |c| {
                c.basis.authority.country = country("SE");
            },
        ),
        case(
            "us.sca.emergency.not-believed",
            us_emergency(),
            holding(Subscriber, "US"),
            |c| {
                c.basis.emergency_believed = true;
            },
        )
        .with(|c| c.basis.emergency_believed = false),
        case(
            "us.sca.foreign.content",
            british_agreement_order(),
            holding(Content, "US"),
            |c| {
                c.day = date(2022, 10, 3);
            },
        )
        .on(date(2022, 10, 2)),
        case(
            "us.sca.agreement-order.content",
            british_agreement_order(),
            holding(Content, "US"),
            |c| c.basis.maximum_penalty_months = Some(35),
        )
        .with(|c| c.holding.holder_resides_in = Some(country("GB"))),
    ]
}
