//! The demands of the demo.

use anyhow::Context;
use jiff::civil::{Date, date};
use lagrum_model::{
    Addressee, Authority, AuthorityKind, Category, CountryCode, Demand, EmailAddress, Emergency,
    Identifier, Instrument, InstrumentKind, Issuer, IssuerKind, Measure, Network, Notification,
    Offence, Officer, Recipient, Secrecy, Signature, SignatureForm, ThreatTo,
};

use crate::world::World;

/// One demand, and what the people at the desk find out about it.
pub struct DemoDemand {
    /// Its number in the table.
    pub number: &'static str,
    /// File name of the demand, without ending.
    pub file: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// The demand.
    pub demand: Demand,
    /// Whether the analyst could verify it, and how that was found out.
    pub verified: (bool, &'static str),
    /// The day whose law is applied; today if absent.
    pub as_of: Option<Date>,
}

impl DemoDemand {
    /// The face of the original instrument: the demo's stand-in for a scan.
    pub fn face(&self) -> String {
        let demand = &self.demand;
        format!(
            "{}\n{}\nReference {}\nIssued {} by {}\nunder {}\n\nTo: {}\n\n(A fictional instrument of the demo.)\n",
            demand.authority.name,
            self.title,
            demand.reference,
            demand.instrument.issued_on,
            demand.instrument.issued_by.name,
            demand.instrument.provision,
            demand.addressee.entity
        )
    }
}

const CALLED_BACK: (bool, &str) = (
    true,
    "called back on the number of the list of authorities; the officer confirmed it",
);

/// All of them, in the order of the table.
pub fn all(world: &World) -> anyhow::Result<Vec<DemoDemand>> {
    let make = Make { world };
    let warrant = |reference: &str, issued_on| {
        make.demand(
            reference,
            (
                "United States Attorney, Southern District of New York",
                "US",
                AuthorityKind::Prosecutor,
                "agent@usdoj.example",
            ),
            (
                InstrumentKind::SearchWarrant,
                "18 U.S.C. § 2703(a), (b), (c)",
                issued_on,
            ),
            (
                "United States District Court, Southern District of New York",
                IssuerKind::Judge,
            ),
            ("Kvist Mail Inc.", "US"),
            &[Category::Subscriber, Category::Content],
            "alder@kvist.example",
            "us-attorney",
        )
    };
    let order = |reference: &str, issuer, categories: &[Category], account: &str| {
        make.demand(
            reference,
            (
                "Staatsanwaltschaft Berlin",
                "DE",
                AuthorityKind::Prosecutor,
                "eevidence@sta-berlin.example",
            ),
            (
                InstrumentKind::EuropeanProductionOrder,
                "Regulation (EU) 2023/1543, Articles 4 and 5",
                date(2026, 11, 12),
            ),
            issuer,
            ("Kvist Mail Ireland Ltd", "IE"),
            categories,
            account,
            "de-prosecutor",
        )
        .map(|mut demand| {
            demand.instrument.signatures[0].form = SignatureForm::Qualified;
            demand.instrument.notification = Some(Notification::NotRequired);
            demand
        })
    };
    let prosecutor = ("Staatsanwaltschaft Berlin", IssuerKind::Prosecutor);

    let mut irish = make.demand(
        "MLA 2014/0117",
        (
            "An Garda Síochána, Mutual Assistance Section",
            "IE",
            AuthorityKind::Police,
            "mutual.assistance@garda.example",
        ),
        (
            InstrumentKind::ProductionOrder,
            "Criminal Justice (Mutual Assistance) Act 2008, section 75",
            date(2014, 9, 22),
        ),
        (
            "District Court, Dublin Metropolitan District",
            IssuerKind::Judge,
        ),
        ("Kvist Mail Ireland Ltd", "IE"),
        &[Category::Content],
        "alder@kvist.example",
        "ie-garda",
    )?;
    irish.instrument.treaty = Some(
        "Treaty between the United States of America and Ireland on Mutual Legal Assistance in Criminal Matters, in force 11 August 2009".into(),
    );

    let swedish = |reference: &str, account: &str| {
        make.demand(
            reference,
            (
                "Polismyndigheten, Nationella operativa avdelningen",
                "SE",
                AuthorityKind::Police,
                "noa@polisen.example",
            ),
            (
                InstrumentKind::CourtDecision,
                "Rättegångsbalken 27 kap. 18 och 21 §§",
                date(2026, 11, 2),
            ),
            ("Stockholms tingsrätt", IssuerKind::Judge),
            ("Kvist Mail AB", "SE"),
            &[Category::Traffic, Category::Content],
            account,
            "se-police",
        )
        .map(|mut demand| {
            demand.secrecy = Some(Secrecy {
                provision: "Rättegångsbalken 27 kap. 31–33 §§ (the authority itself notifies)"
                    .into(),
                issued_by: None,
                ordered_on: None,
                certified: false,
                review_notice: false,
                until: None,
            });
            demand
        })
    };

    let danish = make.demand(
        "0100-10214-00042-26",
        (
            "Rigspolitiet",
            "DK",
            AuthorityKind::Police,
            "nsk@politi.example",
        ),
        (
            InstrumentKind::CourtDecision,
            "Retsplejeloven §§ 781 og 783",
            date(2026, 10, 30),
        ),
        ("Københavns Byret", IssuerKind::Judge),
        ("Kvist Mail AB", "SE"),
        &[Category::Content],
        "bjork@kvist.example",
        "dk-police",
    )?;

    let county = |reference: &str, issued_on, categories: &[Category]| {
        make.demand(
            reference,
            (
                "King County Prosecuting Attorney",
                "US",
                AuthorityKind::Prosecutor,
                "records@kingcounty.example",
            ),
            (
                InstrumentKind::Subpoena,
                "18 U.S.C. § 2703(c)(2)",
                issued_on,
            ),
            ("King County Prosecuting Attorney", IssuerKind::Prosecutor),
            ("Kvist Mail Inc.", "US"),
            categories,
            "fir@kvist.example",
            "us-county",
        )
    };
    let subpoena = county(
        "GJ-2026-331",
        date(2026, 11, 9),
        &[Category::Subscriber, Category::Content],
    )?;
    let mut everybody = county("GJ-2026-340", date(2026, 11, 10), &[Category::Subscriber])?;
    everybody.parts[0].identifiers = vec![Identifier::Network(
        Network::parse("198.51.100.0/24").map_err(anyhow::Error::msg)?,
    )];

    let mut emergency = make.demand(
        "URGENT-1",
        (
            "King County Sheriff, Emergency Response",
            "US",
            AuthorityKind::Police,
            "duty@kingcounty-sheriff-gov.example",
        ),
        (
            InstrumentKind::EmergencyRequest,
            "18 U.S.C. § 2702(b)(8), (c)(4)",
            date(2026, 11, 20),
        ),
        ("Sgt. R. Roe", IssuerKind::Police),
        ("Kvist Mail Inc.", "US"),
        &[Category::Subscriber, Category::Content],
        "fir@kvist.example",
        "us-county",
    )?;
    emergency.emergency = Some(Emergency {
        threat_to: ThreatTo::Person,
        facts: "A child is missing since yesterday; every minute counts.".into(),
    });

    let judge = ("Amtsgericht Tiergarten", IssuerKind::Judge);
    let demand = |number, file, title, demand, verified, as_of| DemoDemand {
        number,
        file,
        title,
        demand,
        verified,
        as_of,
    };
    let mut all = vec![
        demand(
            "1",
            "01-warrant-2013",
            "New York search warrant, December 2013",
            warrant("13 Mag. 0417", date(2013, 12, 4))?,
            CALLED_BACK,
            Some(date(2013, 12, 4)),
        ),
        demand(
            "2",
            "02-irish-order-2014",
            "The same content through Irish mutual legal assistance",
            irish,
            CALLED_BACK,
            Some(date(2014, 10, 1)),
        ),
        demand(
            "3",
            "03-warrant-today",
            "The same warrant under today's law",
            warrant("26 Mag. 0417", date(2026, 11, 3))?,
            CALLED_BACK,
            None,
        ),
        demand(
            "4",
            "04-swedish-decision",
            "Swedish police with a Swedish court's decision",
            swedish("AM-20426-26", "bjork@kvist.example")?,
            CALLED_BACK,
            None,
        ),
        demand(
            "5",
            "05-danish-demand",
            "Danish police, sent straight to Sweden",
            danish,
            CALLED_BACK,
            None,
        ),
        demand(
            "6a",
            "06a-european-order-content",
            "European Production Order of a prosecutor, content",
            order(
                "EPOC-DE-IE-2026-11-12-0001-1",
                prosecutor,
                &[Category::Content],
                "dogwood@kvist.example",
            )?,
            CALLED_BACK,
            None,
        ),
        demand(
            "6b",
            "06b-european-order-subscriber",
            "European Production Order of a prosecutor, subscriber data",
            order(
                "EPOC-DE-IE-2026-11-12-0002-1",
                prosecutor,
                &[Category::Subscriber],
                "dogwood@kvist.example",
            )?,
            CALLED_BACK,
            None,
        ),
        demand(
            "7",
            "07-subpoena",
            "Subpoena that asks for content",
            subpoena,
            CALLED_BACK,
            None,
        ),
        demand(
            "8",
            "08-network",
            "All users who logged in from a network last month",
            everybody,
            CALLED_BACK,
            None,
        ),
        demand(
            "9",
            "09-emergency",
            "Emergency request from a convincing mailbox",
            emergency,
            (
                false,
                "the domain is not the sheriff's; the number in the mail leads nowhere; the real office knows of no such request",
            ),
            None,
        ),
        demand(
            "10",
            "10-enterprise",
            "European Production Order for an enterprise customer's mailbox",
            order(
                "EPOC-DE-IE-2026-11-12-0003-1",
                judge,
                &[Category::Content],
                "elm@northwind.example",
            )?,
            CALLED_BACK,
            None,
        ),
        demand(
            "11",
            "11-unknown-account",
            "Swedish decision for an account that does not exist",
            swedish("AM-20427-26", "rowan@kvist.example")?,
            CALLED_BACK,
            None,
        ),
    ];
    for one in &mut all {
        one.demand.originals = vec![format!("{}.txt", one.file)];
    }
    Ok(all)
}

struct Make<'w> {
    world: &'w World,
}

impl Make<'_> {
    #[expect(
        clippy::too_many_arguments,
        reason = "the fields of a demand, once, in their order"
    )]
    fn demand(
        &self,
        reference: &str,
        (authority, authority_country, kind, email): (&str, &str, AuthorityKind, &str),
        (instrument, provision, issued_on): (InstrumentKind, &str, Date),
        (issuer, issuer_kind): (&str, IssuerKind),
        (entity, entity_country): (&str, &str),
        categories: &[Category],
        account: &str,
        recipient: &str,
    ) -> anyhow::Result<Demand> {
        let country = |code| CountryCode::parse(code).map_err(anyhow::Error::msg);
        let address = EmailAddress::parse(account).map_err(anyhow::Error::msg)?;
        let periods = &self.world.periods;
        let period = periods
            .get(account)
            .or(periods.values().next())
            .context("no period")?;
        Ok(Demand {
            format: lagrum_model::DemandFormat::V2,
            reference: reference.into(),
            originals: Vec::new(),
            authority: Authority {
                name: authority.into(),
                country: country(authority_country)?,
                kind,
                officer: Officer {
                    name: "The officer in charge".into(),
                    email: email.into(),
                },
            },
            instrument: Instrument {
                kind: instrument,
                measure: match (instrument, authority_country) {
                    (InstrumentKind::CourtDecision, "DK") => Some(Measure::Edition),
                    (InstrumentKind::CourtDecision, _) => Some(Measure::Interception),
                    (InstrumentKind::ProductionOrder, _) => Some(Measure::Edition),
                    _ => None,
                },
                country: country(authority_country)?,
                provision: provision.into(),
                issued_on,
                issued_by: Issuer {
                    name: issuer.into(),
                    kind: issuer_kind,
                    reference: None,
                },
                validated_by: None,
                signatures: vec![Signature {
                    name: issuer.into(),
                    form: SignatureForm::Handwritten,
                }],
                treaty: None,
                notification: None,
                customer_cannot_be_asked: false,
                interim: false,
                rank_confirmed: false,
                certified: false,
                valid_until: None,
                digital_services: None,
            },
            addressee: Addressee {
                entity: entity.into(),
                country: country(entity_country)?,
            },
            purpose: None,
            sentence: None,
            findings: lagrum_model::ProviderFindings::default(),
            offence: Some(Offence {
                description: "trafficking in narcotics".into(),
                provision: None,
                maximum_penalty_months: Some(120),
                listed: false,
            }),
            emergency: None,
            secrecy: None,
            process: lagrum_model::Process::default(),
            parts: vec![lagrum_model::DemandPart {
                identifiers: vec![Identifier::EmailAddress(address)],
                categories: categories.to_vec(),
                sub_categories: Vec::new(),
                period: Some((*period).into()),
            }],
            recipient: Some(Recipient {
                name: authority.into(),
                key: self
                    .world
                    .recipients
                    .get(recipient)
                    .context("no recipient")?
                    .clone(),
            }),
        })
    }
}
