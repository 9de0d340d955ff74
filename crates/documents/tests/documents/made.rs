//! One case, made of commands as the desk makes it, and judged by the law packs.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::civil::date;
use lagrum_documents::{Document, Memo, MemoCase, Names, Phrases, Texts, Zone, memo};
use lagrum_law::{Clock, LawPacks, Notice, Question, Situation, narrow};
use lagrum_mandate::{AnswersRef, DemandAnswers, Mandate, Nonce};
use lagrum_model::testing::event;
use lagrum_model::{
    AccountIdentifier, Act, Actor, Answer, Arrival, Assessment, CallBack, Case, CaseId, Category,
    Channel, Command, Controller, CountryCode, Demand, Event, EventKind, Holding, Language,
    Moments, Original, Part, Period, Region, Role, Sha256Digest,
};

/// The packs that are compiled in.
pub fn packs() -> &'static LawPacks {
    static PACKS: OnceLock<Arc<LawPacks>> = OnceLock::new();
    PACKS.get_or_init(|| LawPacks::embedded().expect("the packs are good"))
}

/// A language with the packs' own sentences.
pub fn phrases(language: Language) -> Phrases {
    Texts::new(packs())
        .expect("the texts are good")
        .phrases(language)
}

pub fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

pub fn stockholm() -> Zone {
    Zone::named("Europe/Stockholm").expect("a zone")
}

/// A German European Production Order to a Swedish provider, for two accounts.
const ORDER: &str = r#"
format = "lagrum-demand/2"
reference = "274 Js 3318/26"
purpose = "criminal-proceedings"
[authority]
name = "Staatsanwaltschaft Berlin"
country = "DE"
kind = "prosecutor"
officer = { name = "Oberstaatsanwältin Dr. Ines Vogt", email = "vogt@sta-berlin.example" }
[instrument]
kind = "european-production-order"
country = "DE"
provision = "Article 5(4) of Regulation (EU) 2023/1543"
issued_on = 2026-11-09
issued_by = { name = "Amtsgericht Tiergarten", kind = "judge", reference = "350 Gs 1207/26" }
signatures = [{ name = "Richter am Amtsgericht Kern", form = "qualified" }]
notification = "cleared"
[addressee]
entity = "Kvist Mail AB"
country = "SE"
[offence]
description = "gewerbsmäßiger Betrug"
provision = "§ 263 Abs. 3 StGB"
maximum_penalty_months = 120
listed = false
[secrecy]
provision = "Article 13 of Regulation (EU) 2023/1543"
until = "2027-02-23T23:00:00Z"
[recipient]
name = "Staatsanwaltschaft Berlin"
key = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
[[part]]
identifiers = [
  { kind = "email-address", value = "alder@kvist.example" },
  { kind = "email-address", value = "bjork@kvist.example" },
]
categories = ["subscriber", "content"]
period = { from = "2026-01-01T00:00:00+01:00", until = "2026-09-01T00:00:00+02:00" }
"#;

pub fn order() -> Demand {
    Demand::parse(ORDER.as_bytes()).expect("the demand can be read")
}

pub fn person(name: &str, role: Role) -> Actor {
    Actor::Person {
        id: name.to_lowercase().replace(' ', "-"),
        name: name.into(),
        role,
    }
}

pub fn olof() -> Actor {
    person("Olof Strand", Role::Analyst)
}

/// A case and its events.
pub struct Driven {
    pub case: Case,
    pub events: Vec<Event>,
}

impl Driven {
    /// Does what `command` says, or panics with the refusal.
    pub fn tell(&mut self, when: &str, actor: &Actor, reason: &str, command: Command) {
        let happened = self.case.handle(actor, command).expect("it is possible");
        for what in happened {
            self.happens(when, actor, reason, what);
        }
    }

    /// Something happened, whoever made it possible.
    pub fn happens(&mut self, when: &str, actor: &Actor, reason: &str, what: EventKind) {
        let number = self.case.events + 1;
        let event = event(id(), number, at(when), actor.clone(), reason, what);
        self.case.apply(&event);
        self.events.push(event);
    }

    /// Received, described, authenticated, assessed.
    pub fn assessed() -> Self {
        Self::assessed_of(order())
    }

    /// The same, of another order.
    pub fn assessed_of(order: Demand) -> Self {
        let mut driven = Self {
            case: Case::default(),
            events: vec![],
        };
        let olof = olof();
        let arrival = Arrival {
            channel: Some(Channel::Email),
            from: Some("vogt@sta-berlin.example".into()),
            at: Some(at("2026-11-10T08:12:00Z")),
            reference: None,
            emergency: false,
        };
        let receive = Command::Receive {
            original: Original::of("EPOC-274-Js-3318-26.pdf", &[0x25; 184_220], arrival),
        };
        driven.tell("2026-11-10T08:30:12Z", &olof, "came by e-mail", receive);
        let demand = Box::new(order);
        let describe = Command::Describe { demand };
        driven.tell(
            "2026-11-10T09:02:40Z",
            &olof,
            "described from the PDF",
            describe,
        );
        let call = CallBack {
            number: "+49 30 9014 0".into(),
            answered_by: "Dr. Vogt".into(),
            at: at("2026-11-10T10:08:00Z"),
            confirmed: true,
        };
        let call = Command::CallBack { call };
        driven.tell("2026-11-10T10:12:00Z", &olof, "called back", call);
        let authenticate = Command::Authenticate {
            verified: true,
            how: "called back on the number of the register; Dr. Vogt confirmed the file number"
                .into(),
            warnings: vec![],
            despite: None,
        };
        driven.tell("2026-11-10T10:15:00Z", &olof, "checked", authenticate);
        let assessment = Box::new(assess(&driven.case));
        let assess = Command::Assess { assessment };
        driven.tell("2026-11-10T10:16:03Z", &olof, "the law packs", assess);
        driven
    }

    /// An order for so many accounts of consumers beside that of the customer, decided as the law packs
    /// propose, with a mandate for each account.
    pub fn many(accounts: usize) -> (Self, Vec<String>) {
        let named = (0..accounts).map(|n| {
            format!("{{ kind = \"email-address\", value = \"a{n:03}@kvist.example\" }},\n")
        });
        let alder = "{ kind = \"email-address\", value = \"alder@kvist.example\" },";
        let order = ORDER.replace(alder, &named.collect::<String>());
        let order = Demand::parse(order.as_bytes()).expect("the demand can be read");
        let mut driven = Self::assessed_of(order);
        let found = driven.decide();
        let mut texts = Vec::new();
        for n in 0..accounts {
            let name = format!("a{n:03}@");
            let own = |part: &usize| {
                let part = &found.parts[*part];
                part.identifier.to_string().starts_with(&name)
                    && part.finding.disposition.is_carried_out()
            };
            let parts: Vec<_> = (0..found.parts.len()).filter(own).collect();
            texts.push(driven.draft(&found, parts));
        }
        (driven, texts)
    }

    fn decide(&mut self) -> Assessment {
        let found = self.case.assessment.clone().expect("assessed");
        let answers: Vec<_> = found
            .parts
            .iter()
            .enumerate()
            .map(|(part, found)| Answer {
                part,
                disposition: found.finding.disposition,
                reason: "as the law packs propose".into(),
                form: None,
            })
            .collect();
        self.tell(
            "2026-11-10T13:40:00Z",
            &olof(),
            "as the law packs propose",
            Command::Decide { answers },
        );
        found
    }

    fn draft(&mut self, found: &Assessment, parts: Vec<usize>) -> String {
        let text = mandate(&self.case, found, &parts).to_text();
        let draft = Command::DraftMandate {
            mandate: Sha256Digest::of(text.as_bytes()),
            text: text.clone(),
            parts,
            answers: Some(demand_answers(&self.case).to_text()),
        };
        self.tell(
            "2026-11-10T13:40:00Z",
            &olof(),
            "decided to be produced",
            draft,
        );
        text
    }

    /// Decided as the law packs propose, a mandate drafted and signed by one of two.
    pub fn half_signed() -> (Self, String) {
        let mut driven = Self::assessed();
        let olof = olof();
        let found = driven.decide();
        let parts: Vec<_> = (0..found.parts.len())
            .filter(|part| found.parts[*part].finding.disposition.is_carried_out())
            .collect();
        let text = driven.draft(&found, parts);
        let digest = Sha256Digest::of(text.as_bytes());
        let sign = Command::Approve {
            mandate: digest,
            signer: "Olof Strand".into(),
            role: Role::Analyst,
            signature: "— kvist.example/olof AAAA".into(),
        };
        driven.tell("2026-11-10T14:05:30Z", &olof, "signed", sign);
        (driven, text)
    }
}

pub fn id() -> CaseId {
    CaseId::new(2026, 31)
}

/// How the order is answered beside the mandate.
pub fn demand_answers(case: &Case) -> DemandAnswers {
    DemandAnswers::of(case, Some(at("2026-11-20T09:12:00Z")))
}

pub fn mandate(case: &Case, found: &Assessment, parts: &[usize]) -> Mandate {
    let demand = case.demand.clone().expect("described");
    let mut identifiers: Vec<AccountIdentifier> = Vec::new();
    let mut categories: Vec<Category> = Vec::new();
    for part in parts.iter().map(|part| &found.parts[*part]) {
        let account = AccountIdentifier::try_from(part.identifier.clone()).expect("named");
        if !identifiers.contains(&account) {
            identifiers.push(account);
        }
        if !categories.contains(&part.category) {
            categories.push(part.category);
        }
    }
    Mandate {
        case: id(),
        demand: demand.digest(),
        reference: demand.reference.clone(),
        region: Region::parse("stockholm").expect("a region"),
        act: Act::Disclose,
        identifiers,
        categories,
        sub_categories: Vec::new(),
        period: Period::new(at("2025-12-31T23:00:00Z"), at("2026-08-31T22:00:00Z"))
            .expect("a period"),
        recipient: demand.recipient.clone().expect("it names one").into(),
        basis: case.basis().expect("described"),
        provision: demand.instrument.provision.clone(),
        review: None,
        found: Vec::new(),
        look_up: None,
        card: None,
        answers: Some(AnswersRef {
            sha256: demand_answers(case).digest(),
            here: parts.to_vec(),
        }),
        issued_at: at("2026-11-10T13:40:00Z"),
        expires_at: at("2026-11-24T13:40:00Z"),
        nonce: Nonce([7; 16]),
    }
}

/// The law applied to the order: alder's data is a consumer's, bjork's an enterprise customer's.
pub fn assess(case: &Case) -> Assessment {
    let as_of = date(2026, 11, 10);
    let law = packs().in_force(as_of).expect("the law of the day");
    let basis = case.basis().expect("described");
    let demand = case.demand.clone().expect("described");
    let mut parts = Vec::new();
    for identifier in demand.identifiers() {
        for category in [Category::Subscriber, Category::Content] {
            let enterprise = identifier.to_string().starts_with("bjork");
            let controller = if enterprise {
                Controller::Enterprise
            } else {
                Controller::Consumer
            };
            let region = Region::parse("stockholm").expect("a region");
            let sweden = CountryCode::parse("SE").expect("a country");
            let holding = Holding::new(category, region, sweden, controller);
            let finding = law
                .find(&Question {
                    basis: &basis,
                    holding: &holding,
                    named: true,
                    period: demand.parts[0].period,
                    sub_categories: &[],
                })
                .expect("it is judged");
            parts.push(Part {
                asked_in: 0,
                identifier: identifier.clone(),
                account: None,
                category,
                sub_categories: Vec::new(),
                holding: Some(holding),
                finding,
                note: enterprise.then(|| "customer: Björk & Partner AB".to_owned()),
            });
        }
    }
    narrow(&mut parts);
    Assessment {
        clocks: Default::default(),
        as_of,
        // Made up, so that a change of the law packs changes only the pages that say it.
        law: Sha256Digest::of(b"the law packs"),
        parts,
    }
}

/// The clocks of the case at an instant.
pub fn clocks(case: &Case, now: &str) -> Vec<Clock> {
    let demand = case.demand.as_ref().expect("described");
    packs()
        .clocks()
        .of(demand, &case.moments, at(now))
        .expect("the moments are in order")
}

/// Who tells whom, the sender being verified.
pub fn notices(demand: &Demand, moments: &Moments, now: Timestamp) -> Vec<Notice> {
    let situation = Situation {
        demand,
        moments,
        verified: true,
        enterprise: false,
    };
    packs().notices().of(&situation, now)
}

/// The memo of a case as it stands at `now`, by the rules as they were applied last or as `anew` says.
pub fn memo_of(
    driven: &Driven,
    anew: Option<&Assessment>,
    now: &str,
    language: Language,
) -> Document {
    let case = &driven.case;
    let demand = case.demand.as_ref().unwrap();
    let (clocks, notices) = (clocks(case, now), notices(demand, &case.moments, at(now)));
    let written = Memo {
        provider: Some("Kvist Mail AB"),
        author: Some("Olof Strand"),
        case: Some(MemoCase {
            id: &id(),
            case,
            events: &driven.events,
            names: Names::default(),
        }),
        demand,
        assessment: anew.or(case.assessment.as_ref()).unwrap(),
        moments: &case.moments,
        clocks: &clocks,
        notices: &notices,
        verified: true,
        written_at: at(now),
        zone: &stockholm(),
    };
    memo(&written, packs(), &phrases(language))
}
