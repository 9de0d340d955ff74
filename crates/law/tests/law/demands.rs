//! The demands that the packs were written for, each with the day whose law is applied.

use crate::common::*;
use jiff::civil::date;
use lagrum_law::{Law, Question, narrow};
use lagrum_model::{
    Basis, Category, Controller, Disposition, EmailAddress, Finding, Holding, Identifier,
    IssuerKind, Part, Service, SubCategory,
};

use Category::{Content, Subscriber, Traffic};
use Disposition::{
    Challenge, Narrow, Produce, RedirectToCustomer, RedirectToTreatyChannel, Reject,
};

/// What the law finds for all of a category, box by box where it does not cover all.
fn reached(law: &Law, basis: &Basis, holding: &Holding) -> Finding {
    let of_demand = law.for_basis(basis).unwrap();
    let part = of_demand.part(true, long_ago()).unwrap();
    part.reach(holding, &[]).unwrap()
}

const PROVIDER_ABROAD: &str = "provider.abroad.own-court";

#[test]
fn the_new_york_warrant_of_2013_gets_the_subscriber_and_is_challenged_for_content_in_ireland() {
    let law = law(date(2013, 12, 4));
    let warrant = new_york_warrant();
    let subscriber = find(&law, &warrant, &holding(Subscriber, "US"));
    assert_eq!(
        decided(&subscriber),
        (Produce, vec!["us.sca.subscriber.other"])
    );
    assert_eq!(subscriber.instead, None);

    let content = find(&law, &warrant, &holding(Content, "IE"));
    assert_eq!(
        decided(&content),
        (
            Challenge,
            vec!["us.sca.content.abroad.contested", PROVIDER_ABROAD]
        )
    );
    assert!(
        overridden(&content).is_empty(),
        "no court had said that the warrant reaches it"
    );
    let instead = content.instead.unwrap();
    assert!(
        instead.contains("United States and Ireland of 18 January 2001"),
        "{instead}"
    );
}

#[test]
fn the_same_warrant_follows_the_law_of_each_year() {
    let warrant = new_york_warrant();
    let content = holding(Content, "IE");
    let southern = "us.sca.content.abroad.southern-district";
    let reach = "us.sca.content.warrant.abroad";
    let article_48 = "eu.gdpr.article-48.order";
    for (day, deciding, stopped) in [
        (
            date(2014, 4, 24),
            Some("us.sca.content.abroad.contested"),
            None,
        ),
        (
            date(2014, 4, 25),
            Some("us.sca.content.abroad.appeal"),
            Some(southern),
        ),
        (
            date(2016, 7, 13),
            Some("us.sca.content.abroad.appeal"),
            Some(southern),
        ),
        (
            date(2016, 7, 14),
            Some("us.sca.content.abroad.second-circuit"),
            None,
        ),
        (
            date(2016, 7, 15),
            Some("us.sca.content.abroad.second-circuit"),
            None,
        ),
        (
            date(2018, 3, 22),
            Some("us.sca.content.abroad.second-circuit"),
            None,
        ),
        // Between the CLOUD Act and the Regulation only the provider's own promise is left: it
        // cannot refuse a good warrant, so counsel objects and the court decides.
        (date(2018, 3, 24), None, Some(reach)),
        (date(2018, 5, 24), None, Some(reach)),
        (date(2018, 5, 25), Some(article_48), Some(reach)),
        (TODAY, Some(article_48), Some(reach)),
    ] {
        let finding = find(&law(day), &warrant, &content);
        let expected: Vec<_> = deciding.into_iter().chain([PROVIDER_ABROAD]).collect();
        assert_eq!(decided(&finding), (Challenge, expected), "{day}");
        assert_eq!(overridden(&finding), Vec::from_iter(stopped), "{day}");
    }
}

#[test]
fn the_same_warrant_today_gets_the_subscriber_and_meets_article_48_for_content_in_ireland() {
    let law = law(TODAY);
    let warrant = new_york_warrant();
    let subscriber = find(&law, &warrant, &holding(Subscriber, "US"));
    assert_eq!(
        decided(&subscriber),
        (Produce, vec!["us.sca.subscriber.other"])
    );

    let content = find(&law, &warrant, &holding(Content, "IE"));
    assert_eq!(content.disposition, Challenge);
    assert_eq!(content.decided_by[0].rule, "eu.gdpr.article-48.order");
    assert!(content.decided_by[0].cite.contains("48"));
    assert!(content.overridden[0].cite.contains("2713"));
    assert!(content.instead.unwrap().contains("section 75"));
    // For another Member State the general agreement is named.
    let germany = find(&law, &warrant, &holding(Content, "DE"))
        .instead
        .unwrap();
    assert!(germany.contains("25 June 2003"), "{germany}");
    // Content in the United States is what the warrant is for.
    let at_home = find(&law, &warrant, &holding(Content, "US"));
    assert_eq!(decided(&at_home), (Produce, vec!["us.sca.content.warrant"]));
}

#[test]
fn the_irish_order_that_carries_out_the_treaty_request_is_obeyed_then_and_now() {
    for day in [date(2014, 9, 1), TODAY] {
        for category in Category::ALL {
            let finding = find(&law(day), &section_75_order(), &holding(category, "IE"));
            assert_eq!(
                decided(&finding),
                (Produce, vec!["ie.mutual-assistance.section-75"])
            );
        }
    }
    // Also when it is served on the company in the United States: the data lies in Ireland.
    let mut basis = section_75_order();
    basis.addressee_country = country("US");
    assert_eq!(
        find(&law(TODAY), &basis, &holding(Content, "IE")).disposition,
        Produce
    );
}

#[test]
fn a_swedish_court_decision_gets_content_in_sweden() {
    let law = law(TODAY);
    let content = find(&law, &swedish_court_decision(), &holding(Content, "SE"));
    assert_eq!(decided(&content), (Produce, vec!["se.content.court"]));
    let traffic = find(&law, &swedish_court_decision(), &holding(Traffic, "SE"));
    assert_eq!(decided(&traffic), (Produce, vec!["se.traffic.court"]));
}

#[test]
fn a_danish_court_order_sent_directly_to_sweden_goes_by_treaty() {
    let finding = find(&law(TODAY), &danish_court_order(), &holding(Content, "SE"));
    assert_eq!(
        decided(&finding),
        (
            RedirectToTreatyChannel,
            vec!["se.foreign.direct", "provider.abroad.foreign"]
        )
    );
    let instead = finding.instead.unwrap();
    assert!(
        instead.contains("29 May 2000") && instead.contains("Swedish prosecutor"),
        "{instead}"
    );
}

#[test]
fn a_prosecutors_european_order_gets_the_subscriber_and_no_content_for_want_of_a_judge() {
    let law = law(TODAY);
    for addressee in ["IE", "SE"] {
        let mut order = german_production_order(IssuerKind::Prosecutor);
        order.addressee_country = country(addressee);
        let content = find(&law, &order, &holding(Content, addressee));
        assert_eq!(
            decided(&content),
            (
                Reject,
                vec![
                    "eu.2023-1543.traffic-content.needs-judge",
                    "provider.content.needs-judge"
                ]
            )
        );
        assert!(content.decided_by[0].cite.ends_with("Article 4(2)"));
        let subscriber = find(&law, &order, &holding(Subscriber, addressee));
        assert_eq!(
            decided(&subscriber),
            (Produce, vec!["eu.2023-1543.subscriber"])
        );
    }
    let judge = german_production_order(IssuerKind::Judge);
    let content = find(&law, &judge, &holding(Content, "IE"));
    assert_eq!(
        decided(&content),
        (Produce, vec!["eu.2023-1543.traffic-content"])
    );
}

#[test]
fn a_subpoena_for_content_is_narrowed_to_the_subscriber() {
    let law = law(TODAY);
    let mut parts = [Subscriber, Content, Traffic].map(|category| Part {
        asked_in: 0,
        identifier: Identifier::EmailAddress(EmailAddress::parse("someone@example.com").unwrap()),
        account: None,
        category,
        sub_categories: Vec::new(),
        holding: Some(holding(category, "US")),
        finding: reached(&law, &us_subpoena(), &holding(category, "US")),
        note: None,
    });
    assert_eq!(
        decided(&parts[1].finding),
        (
            Narrow,
            vec![
                "us.sca.content.needs-warrant",
                "provider.content.needs-judge"
            ]
        )
    );
    assert_eq!(
        decided(&parts[2].finding),
        (Narrow, vec!["us.sca.traffic.needs-order"])
    );
    narrow(&mut parts);
    assert_eq!(
        parts.each_ref().map(|part| part.finding.disposition),
        [Narrow, Narrow, Narrow]
    );
    // Of the subscriber what the paragraph lists is handed over, and nothing else.
    assert!(parts[0].finding.is_in_part());
    let listed = SubCategory::asked(parts[0].covered(), Subscriber);
    for (one, reached) in [
        (SubCategory::Name, true),
        (SubCategory::Payment, true),
        (SubCategory::ServiceIdentifiers, true),
        (SubCategory::Identity, false),
        (SubCategory::Profile, false),
        (SubCategory::UnlockCodes, false),
    ] {
        assert_eq!(listed.contains(&one), reached, "{one}");
    }
    assert!(!parts[1].finding.is_in_part() && !parts[2].finding.is_in_part());
}

#[test]
fn a_demand_that_names_no_account_is_rejected_by_the_promise() {
    let law = law(TODAY);
    let (basis, holding) = (new_york_warrant(), holding(Subscriber, "US"));
    let finding = law
        .find(&Question {
            basis: &basis,
            holding: &holding,
            named: false,
            period: long_ago(),
            sub_categories: &[],
        })
        .unwrap();
    assert_eq!(decided(&finding), (Reject, vec!["provider.unnamed"]));
    assert_eq!(overridden(&finding), ["us.sca.subscriber.other"]);
}

#[test]
fn an_unverified_authority_is_rejected_whatever_it_shows() {
    let mut basis = new_york_warrant();
    basis.authority.verified = false;
    let finding = find(&law(TODAY), &basis, &holding(Subscriber, "US"));
    assert_eq!(decided(&finding), (Reject, vec!["provider.unverified"]));
}

#[test]
fn data_of_an_enterprise_customer_is_asked_of_the_customer() {
    let law = law(TODAY);
    let mut held = holding(Subscriber, "US");
    held.controller = Controller::Enterprise;
    let finding = find(&law, &us_subpoena(), &held);
    assert_eq!(
        decided(&finding),
        (
            RedirectToCustomer,
            vec![
                "provider.enterprise-customer",
                "us.sca.subscriber.needs-order"
            ]
        )
    );
    let mut basis = us_subpoena();
    basis.instrument.customer_cannot_be_asked = true;
    assert!(reached(&law, &basis, &held).is_in_part());

    // The European order cites its own provision first.
    let mut order = german_production_order(IssuerKind::Prosecutor);
    let mut held = holding(Subscriber, "IE");
    held.controller = Controller::Enterprise;
    let finding = find(&law, &order, &held);
    assert_eq!(
        decided(&finding),
        (
            RedirectToCustomer,
            vec![
                "eu.2023-1543.controller-first",
                "provider.enterprise-customer"
            ]
        )
    );
    order.instrument.customer_cannot_be_asked = true;
    assert_eq!(find(&law, &order, &held).disposition, Produce);
}

#[test]
fn a_valid_request_for_an_account_that_does_not_exist_is_permitted_like_any_other() {
    // The desk passes the holding that the account would have; that nothing is there is for the
    // agent to state under signature.
    let finding = find(
        &law(TODAY),
        &swedish_subscriber_request(),
        &Holding {
            service: Some(Service::NumberBased),
            ..holding(Subscriber, "SE")
        },
    );
    assert_eq!(decided(&finding), (Produce, vec!["se.subscriber.request"]));
}

#[test]
fn what_nothing_permits_is_rejected_with_a_sentence_and_no_rule() {
    let finding = find(
        &law(TODAY),
        &swedish_subscriber_request(),
        &holding(Traffic, "SE"),
    );
    assert_eq!(decided(&finding), (Reject, vec![]));
    let instead = finding.instead.unwrap();
    assert!(
        instead.contains("on 21 November 2026 ") && instead.contains("traffic data"),
        "{instead}"
    );
}

#[test]
fn two_laws_at_once_send_the_demand_the_strongest_way() {
    // A United States warrant for data in Ireland: Union law and the promise challenge it before the
    // court that issued it, if the company is in its power. An Irish company is not.
    let warrant = new_york_warrant();
    let finding = find(&law(TODAY), &warrant, &holding(Content, "IE"));
    assert_eq!(
        decided(&finding),
        (
            Challenge,
            vec!["eu.gdpr.article-48.order", "provider.abroad.own-court"]
        )
    );
    let mut warrant = warrant;
    warrant.addressee_country = country("IE");
    let finding = find(&law(TODAY), &warrant, &holding(Content, "IE"));
    assert_eq!(
        decided(&finding),
        (
            RedirectToTreatyChannel,
            vec![
                "eu.gdpr.article-48.no-power",
                "ie.foreign.direct",
                "provider.abroad.foreign"
            ]
        )
    );
    assert!(
        overridden(&finding).is_empty(),
        "the Act says nothing about who is subject to it"
    );
}
