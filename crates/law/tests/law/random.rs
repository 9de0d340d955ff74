//! Random requests: of nothing but chance, and good demands with some facts exchanged.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use lagrum_model::{
    AskedPeriod, AuthorityFacts, AuthorityKind, Basis, Category, Conflict, ConflictGround,
    ConflictOutcome, Controller, CountryCode, DigitalServicesElements, Holding, InstrumentFacts,
    InstrumentKind, IssuerKind, Measure, Notification, Objection, ProviderFindings, Purpose,
    Region, Sentence, Service, Since,
};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::common::country;

fn countries() -> impl Strategy<Value = CountryCode> {
    // `ZZ` is in no group.
    select(vec!["US", "IE", "SE", "DK", "DE", "GB", "NO", "AU", "ZZ"]).prop_map(country)
}

fn issuers() -> impl Strategy<Value = IssuerKind> {
    select(vec![
        IssuerKind::Judge,
        IssuerKind::Prosecutor,
        IssuerKind::Police,
        IssuerKind::Other,
    ])
}

fn instruments() -> impl Strategy<Value = InstrumentFacts> {
    let kinds = select(vec![
        InstrumentKind::SearchWarrant,
        InstrumentKind::Subpoena,
        InstrumentKind::DisclosureOrder,
        InstrumentKind::EuropeanProductionOrder,
        InstrumentKind::EuropeanPreservationOrder,
        InstrumentKind::MutualLegalAssistanceRequest,
        InstrumentKind::ProductionOrder,
        InstrumentKind::CourtDecision,
        InstrumentKind::ProsecutorDecision,
        InstrumentKind::PoliceRequest,
        InstrumentKind::PreservationRequest,
        InstrumentKind::EmergencyRequest,
        InstrumentKind::NationalSecurityLetter,
        InstrumentKind::ForeignIntelligenceOrder,
        InstrumentKind::EuropeanInvestigationOrder,
        InstrumentKind::PreservationOrder,
        InstrumentKind::CommunicationsDataNotice,
        InstrumentKind::InterceptionWarrant,
        InstrumentKind::DigitalServicesOrder,
    ]);
    let notifications = select(vec![
        Notification::NotRequired,
        Notification::Pending,
        Notification::Cleared,
        Notification::Refused,
    ]);
    let elements =
        (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(reasons, redress, language)| {
            DigitalServicesElements {
                reasons,
                redress,
                language,
            }
        });
    (
        (kinds, countries(), issuers(), option::of(issuers())),
        (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()),
        option::of(notifications),
        (any::<bool>(), any::<bool>(), any::<bool>()),
        option::of(select(vec![date(2010, 1, 1), date(2030, 1, 1)])),
        option::weighted(0.1, elements),
        option::of(select(vec![
            Measure::Interception,
            Measure::Surveillance,
            Measure::Seizure,
            Measure::Edition,
            Measure::Search,
        ])),
    )
        .prop_map(
            |(
                (kind, country, issued_by, validated_by),
                flags,
                notification,
                more,
                valid_until,
                digital_services,
                measure,
            )| InstrumentFacts {
                kind,
                measure,
                country,
                issued_on: date(2013, 1, 1),
                issued_by,
                validated_by,
                signed: flags.0,
                qualified_signature: flags.1,
                treaty: flags.2,
                notification,
                customer_cannot_be_asked: flags.3,
                interim: more.0,
                rank_confirmed: more.1,
                certified: more.2,
                valid_until,
                digital_services,
            },
        )
}

fn findings() -> impl Strategy<Value = ProviderFindings> {
    let grounds = select(vec![
        ConflictGround::Forbids,
        ConflictGround::NoSimilarProvision,
        ConflictGround::PlaceOfStorage,
    ]);
    let outcomes = select(vec![
        ConflictOutcome::Pending,
        ConflictOutcome::DisclosureOrdered,
        ConflictOutcome::OrderLifted,
        ConflictOutcome::OutOfTime,
    ]);
    let conflicts = (countries(), grounds, any::<bool>(), option::of(outcomes)).prop_map(
        |(country, ground, qualifying_government, outcome)| Conflict {
            country,
            ground,
            qualifying_government,
            outcome,
        },
    );
    let objections = select(vec![
        Objection::ImmunityOrPrivilege,
        Objection::Incomplete,
        Objection::NotStored,
        Objection::OtherReason,
    ]);
    (
        option::of(conflicts),
        option::weighted(0.1, objections),
        prop::array::uniform5(any::<bool>()),
    )
        .prop_map(|(conflict, objection, flags)| ProviderFindings {
            conflict,
            objection,
            transfer_ground: flags[0],
            relevance_doubted: flags[1],
            foreign_law_cleared: flags[2],
            local_law_confirmed: flags[3],
            privilege_cleared: flags[4],
            partial_refusal_settled: flags[0],
        })
}

fn bases() -> impl Strategy<Value = Basis> {
    let kinds = select(vec![
        AuthorityKind::Court,
        AuthorityKind::Prosecutor,
        AuthorityKind::Police,
        AuthorityKind::CentralAuthority,
        AuthorityKind::SecurityService,
        AuthorityKind::OtherAuthority,
        AuthorityKind::PrivateParty,
    ]);
    let purposes = select(vec![
        Purpose::CriminalProceedings,
        Purpose::CriminalIntelligence,
        Purpose::StateSecurity,
        Purpose::MissingPerson,
        Purpose::Other,
    ]);
    (
        (countries(), kinds, prop::bool::weighted(0.8)),
        instruments(),
        (
            countries(),
            option::of(prop_oneof![Just(35), Just(36), any::<u32>()]),
        ),
        (any::<bool>(), any::<bool>(), any::<bool>()),
        // Often the instrument is of the authority's own country, and the company too.
        (prop::bool::weighted(0.6), prop::bool::weighted(0.4)),
        (option::of(purposes), findings()),
    )
        .prop_map(
            |(authority, mut instrument, (addressee, months), flags, own, (purpose, findings))| {
                let country = authority.0;
                if own.0 {
                    instrument.country = country;
                }
                Basis {
                    authority: AuthorityFacts {
                        country,
                        kind: authority.1,
                        verified: authority.2,
                    },
                    instrument,
                    addressee_country: if own.1 { country } else { addressee },
                    maximum_penalty_months: months,
                    listed_offence: flags.0,
                    emergency: flags.1,
                    emergency_believed: flags.2,
                    purpose,
                    sentence: flags.0.then_some(Sentence {
                        months: 4,
                        in_absentia: flags.1,
                        absconded: true,
                    }),
                    findings,
                    received_at: None,
                    since: Since::default(),
                    clocks: std::collections::BTreeMap::new(),
                }
            },
        )
}

/// When a demand was issued and received, what became of it, and which period it asks for: mostly
/// the plain case, as seen on `day`.
#[derive(Clone, Debug)]
pub struct Times {
    issued_before: i32,
    received: bool,
    period: Option<(i32, i32)>,
    since: [bool; 3],
}

impl Times {
    /// Lays them over a demand that is judged on `day`; gives the period.
    pub fn over(&self, basis: &mut Basis, day: Date) -> Option<AskedPeriod> {
        let at = |days: i32| {
            let day = day + days.days();
            day.to_zoned_datetime(TimeZone::UTC).unwrap().timestamp()
        };
        basis.instrument.issued_on = day - self.issued_before.days();
        basis.received_at = self.received.then(|| at(0));
        basis.since = Since {
            withdrawn: self.since[0],
            validation_refused: self.since[1],
            partly_refused: self.since[2],
        };
        let (from, until) = self.period?;
        Some(AskedPeriod::new(Some(at(from)), Some(at(until))).unwrap())
    }
}

/// Any of them, the plain case four times in five.
pub fn times() -> impl Strategy<Value = Times> {
    let plain = Times {
        issued_before: 5,
        received: true,
        period: Some((-100, -10)),
        since: [false; 3],
    };
    let other = (
        select(vec![-30, -2, -1, 0, 1, 400]),
        any::<bool>(),
        option::of((-50_i32..50, 1_i32..50)),
        prop::array::uniform3(prop::bool::weighted(0.2)),
    )
        .prop_map(|(issued_before, received, period, since)| Times {
            issued_before,
            received,
            period: period.map(|(from, length)| (from, from + length)),
            since,
        });
    prop_oneof![4 => Just(plain), 1 => other]
}

fn holdings() -> impl Strategy<Value = Holding> {
    (
        select(Category::ALL.to_vec()),
        countries(),
        prop::bool::weighted(0.2),
        option::of(countries()),
        option::of(any::<bool>()),
        prop::bool::weighted(0.1),
        option::weighted(0.1, countries()),
        option::of(prop::sample::select(Service::ALL.to_vec())),
    )
        .prop_map(
            |(
                category,
                stored_in,
                enterprise,
                holder_resides_in,
                us_person,
                privileged,
                state,
                service,
            )| {
                Holding {
                    category,
                    region: Region::parse("somewhere").unwrap(),
                    stored_in,
                    controller: if enterprise {
                        Controller::Enterprise
                    } else {
                        Controller::Consumer
                    },
                    holder_resides_in,
                    holder_is_us_person: us_person,
                    privileged,
                    public_authority_of: state,
                    service,
                }
            },
        )
}

/// A good demand of which some facts are exchanged for any others: most requests made of nothing but
/// chance are refused for several reasons at once, and would let a single missing one pass unseen.
fn nearly_good() -> impl Strategy<Value = (Basis, Holding)> {
    let good = select(vec![
        (crate::common::new_york_warrant(), "US"),
        (crate::common::us_subpoena(), "US"),
        (crate::common::us_disclosure_order(), "US"),
        (crate::common::us_emergency(), "US"),
        (crate::common::section_75_order(), "IE"),
        (crate::common::swedish_court_decision(), "SE"),
        (crate::common::swedish_subscriber_request(), "SE"),
        (
            crate::common::german_production_order(IssuerKind::Judge),
            "IE",
        ),
        (
            crate::common::german_production_order(IssuerKind::Prosecutor),
            "IE",
        ),
        (crate::common::german_order_not_yet_cleared(), "IE"),
        (crate::common::german_preservation_order(), "IE"),
        (crate::common::british_agreement_order(), "US"),
    ]);
    let exchanged = prop::collection::vec(prop::bool::weighted(0.1), 30);
    (good, bases(), holdings(), exchanged).prop_map(
        |((mut basis, place), other, mut held, exchanged)| {
            let mut exchanged = exchanged.into_iter();
            macro_rules! exchange {
            ($($field:ident).+) => {
                if exchanged.next().unwrap() {
                    basis.$($field).+ = other.$($field).+;
                }
            };
        }
            exchange!(authority.country);
            exchange!(authority.kind);
            exchange!(authority.verified);
            exchange!(instrument.kind);
            exchange!(instrument.country);
            exchange!(instrument.issued_by);
            exchange!(instrument.validated_by);
            exchange!(instrument.signed);
            exchange!(instrument.qualified_signature);
            exchange!(instrument.treaty);
            exchange!(instrument.notification);
            exchange!(instrument.customer_cannot_be_asked);
            exchange!(addressee_country);
            exchange!(maximum_penalty_months);
            exchange!(listed_offence);
            exchange!(emergency);
            exchange!(emergency_believed);
            exchange!(instrument.interim);
            exchange!(instrument.rank_confirmed);
            exchange!(instrument.certified);
            exchange!(instrument.valid_until);
            exchange!(instrument.digital_services);
            exchange!(purpose);
            exchange!(sentence);
            exchange!(findings);
            if !exchanged.next().unwrap() {
                held.privileged = false;
                held.public_authority_of = None;
            }
            if !exchanged.next().unwrap() {
                held.stored_in = country(place);
            }
            (basis, held)
        },
    )
}

/// A request, three in four of them nearly good.
pub fn requests() -> impl Strategy<Value = (Basis, Holding)> {
    prop_oneof![1 => (bases(), holdings()), 3 => nearly_good()]
}
