//! Article 48, and European Production Orders.

use super::{Case, case};
use crate::common::*;
use jiff::civil::date;
use lagrum_model::{Category, Controller, IssuerKind, Notification};

use Category::{Content, Identification, Subscriber, Traffic};

pub fn cases() -> Vec<Case> {
    let judge = || german_production_order(IssuerKind::Judge);
    let prosecutor = || german_production_order(IssuerKind::Prosecutor);
    let police = || german_production_order(IssuerKind::Police);
    vec![
        case(
            "eu.gdpr.article-48.order",
            new_york_warrant(),
            holding(Subscriber, "IE"),
            |c| {
                c.day = date(2018, 5, 24);
            },
        )
        .on(date(2018, 5, 25)),
        case(
            "eu.gdpr.article-48.request",
            us_emergency(),
            holding(Subscriber, "IE"),
            |c| {
                c.basis.authority.country = country("NO");
            },
        ),
        case(
            "eu.2023-1543.subscriber",
            police(),
            holding(Subscriber, "IE"),
            |c| {
                c.basis.instrument.validated_by = Some(IssuerKind::Other);
            },
        )
        .with(|c| c.basis.instrument.validated_by = Some(IssuerKind::Prosecutor)),
        case(
            "eu.2023-1543.traffic-content",
            judge(),
            holding(Content, "IE"),
            |c| {
                c.basis.instrument.validated_by = None;
            },
        )
        .with(|c| {
            c.basis.instrument.issued_by = IssuerKind::Prosecutor;
            c.basis.instrument.validated_by = Some(IssuerKind::Judge);
        }),
        case(
            "eu.2023-1543.emergency",
            police(),
            holding(Subscriber, "IE"),
            |c| {
                c.basis.emergency = false;
            },
        )
        .with(|c| c.basis.emergency = true),
        case(
            "eu.2023-1543.not-yet",
            judge(),
            holding(Content, "IE"),
            |c| {
                c.day = date(2026, 8, 18);
            },
        )
        .on(date(2026, 8, 17)),
        case(
            "eu.2023-1543.traffic-content.needs-judge",
            prosecutor(),
            holding(Traffic, "IE"),
            |c| c.holding.category = Identification,
        ),
        case(
            "eu.2023-1543.subscriber.needs-validation",
            police(),
            holding(Subscriber, "IE"),
            |c| {
                c.basis.emergency = true;
            },
        ),
        case(
            "eu.2023-1543.threshold",
            judge(),
            holding(Traffic, "IE"),
            |c| {
                c.basis.maximum_penalty_months = Some(36);
            },
        )
        .with(|c| c.basis.maximum_penalty_months = Some(35)),
        case(
            "eu.2023-1543.signature",
            judge(),
            holding(Subscriber, "IE"),
            |c| {
                c.basis.instrument.qualified_signature = true;
            },
        )
        .with(|c| c.basis.instrument.qualified_signature = false),
        case(
            "eu.2023-1543.issuer-not-bound",
            judge(),
            holding(Subscriber, "IE"),
            |c| {
                c.basis.authority.country = country("DE");
            },
        )
        .with(|c| c.basis.authority.country = country("DK")),
        case(
            "eu.2023-1543.addressee-not-bound",
            judge(),
            holding(Subscriber, "DK"),
            |c| {
                c.basis.addressee_country = country("SE");
            },
        )
        .with(|c| c.basis.addressee_country = country("DK")),
        case(
            "eu.2023-1543.domestic",
            judge(),
            holding(Subscriber, "DE"),
            |c| {
                c.basis.addressee_country = country("IE");
            },
        )
        .with(|c| c.basis.addressee_country = country("DE")),
        case(
            "eu.2023-1543.notification.pending",
            judge(),
            holding(Content, "IE"),
            |c| {
                c.basis.emergency = true;
            },
        )
        .with(|c| c.basis.instrument.notification = Some(Notification::Pending)),
        case(
            "eu.2023-1543.notification.refused",
            judge(),
            holding(Content, "IE"),
            |c| {
                c.basis.instrument.notification = Some(Notification::Cleared);
            },
        )
        .with(|c| c.basis.instrument.notification = Some(Notification::Refused)),
        case(
            "eu.2023-1543.notification.unstated",
            judge(),
            holding(Content, "IE"),
            |c| {
                c.basis.instrument.notification = Some(Notification::NotRequired);
            },
        )
        .with(|c| c.basis.instrument.notification = None),
        case(
            "eu.2023-1543.controller-first",
            judge(),
            holding(Subscriber, "IE"),
            |c| {
                c.basis.instrument.customer_cannot_be_asked = true;
            },
        )
        .with(|c| c.holding.controller = Controller::Enterprise),
    ]
}
