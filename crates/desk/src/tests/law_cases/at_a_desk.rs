//! The same demands with their right answers, at a desk: taken in as a file, called back, believed or
//! not, with what happened recorded, and the law applied to the case.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::tz::TimeZone;
use lagrum_model::{
    Arrival, CaseId, Category, CountryCode, EmailAddress, Identifier, Moment, Region, Role,
};
use rand_core::OsRng;

use super::*;
use crate::tests::world::{World, call_back, person};
use crate::{Genuine, Intake, Session};

impl Case {
    /// What the provider writes down before any demand comes: companies, places, accounts.
    fn directory(&self, demand: &Demand, holdings: &[Holding]) -> String {
        let addressee = &demand.addressee;
        let own = addressee.country.as_str().to_ascii_lowercase();
        let own = Region::parse(&own).expect("a region");
        let looks_up = match self.desk {
            true => "looks_up = [\"ip-address\"]\n",
            false => "",
        };
        // Where the account is nobody's, it is looked for with the company's data.
        let region = holdings.first().map_or(&own, |one| &one.region);
        let country = match self.no_company {
            true => "FI",
            false => addressee.country.as_str(),
        };
        let mut text = format!(
            "[[entity]]\nname = {:?}\ncountry = \"{country}\"\nregion = \"{region}\"\n{looks_up}",
            addressee.entity
        );
        let places = holdings.iter().map(|one| (&one.region, one.stored_in));
        let places: BTreeSet<_> = match holdings.is_empty() {
            true => [(&own, addressee.country)].into(),
            false => places.collect(),
        };
        for (region, country) in places {
            write!(
                text,
                "[[place]]\nregion = \"{region}\"\ncountry = \"{country}\"\nservice = \"number-independent\"\n"
            )
            .expect("memory");
        }
        for identifier in demand.identifiers() {
            if let (Identifier::EmailAddress(address), false) = (identifier, self.no_account) {
                text += &self.account(address, holdings);
            }
        }
        text
    }

    /// An account with what the holdings say of it.
    fn account(&self, address: &EmailAddress, holdings: &[Holding]) -> String {
        let Some(any) = holdings.first() else {
            return String::new();
        };
        let known = |name: &str, value: Option<String>| {
            value.map_or_else(String::new, |value| format!("{name} = {value}\n"))
        };
        let country = |code: Option<CountryCode>| code.map(|code| format!("\"{code}\""));
        let held = holdings.iter().map(|one| {
            let category = match (self.nothing, one.category) {
                (false, category) => category,
                (true, Category::Subscriber) => Category::Content,
                (true, _) => Category::Subscriber,
            };
            format!(
                "{{ region = \"{}\", categories = [\"{category}\"] }}",
                one.region
            )
        });
        format!(
            "[[account]]\naddress = \"{address}\"\ncontroller = \"{}\"\nprivileged = {}\n{}{}{}holdings = [{}]\n",
            any.controller.as_str(),
            any.privileged,
            known("resides_in", country(any.holder_resides_in)),
            known(
                "us_person",
                any.holder_is_us_person.map(|it| it.to_string())
            ),
            known("public_authority_of", country(any.public_authority_of)),
            held.collect::<Vec<_>>().join(", ")
        )
    }
}

/// The list of authorities of a provider that knows the one of this demand.
fn authorities(demand: &Demand) -> String {
    let authority = &demand.authority;
    let domain = authority.officer.email.as_str();
    let domain = domain.rsplit('@').next().unwrap_or_default();
    format!(
        "[[authority]]\nname = {:?}\ncountry = \"{}\"\nkind = \"{}\"\ndomains = [\"{domain}\"]\ntelephone = \"+46 8 111 11 11\"\n",
        authority.name,
        authority.country,
        authority.kind.as_str()
    )
}

impl Case {
    /// What is not as expected at a desk.
    fn faults_at_a_desk(&self) -> Vec<String> {
        let world = World::new();
        let bytes = self.demand();
        let demand = Demand::parse(bytes.as_bytes()).expect("a demand");
        let holdings = self.holdings();
        let write = |name: &str, text: String| {
            fs::write(world.dir().join(name), text).expect("a file of the desk");
        };
        write("directory.toml", self.directory(&demand, &holdings));
        write("authorities.toml", authorities(&demand));
        // It is late on the day whose law is applied.
        let evening = self.as_of.at(22, 0, 0, 0);
        let evening = TimeZone::UTC.to_timestamp(evening).expect("an instant");
        let behind = evening.duration_since(lagrum_model::TimeSource::now(&world.time));
        world.time.advance(behind);
        let desk = world.desk();
        let mut random = OsRng;
        let counsel = person(&desk, Role::Counsel);
        let mut session = desk.session(counsel, &world.time, &mut random);
        let id = match self.taken(&mut session, bytes.as_bytes()) {
            Ok(id) => id,
            Err(why) => return vec![why],
        };
        let assessed = match session.assess(&id, self.as_of) {
            Ok(assessed) => assessed.assessment,
            Err(error) => {
                let told = error.to_string();
                let right = self
                    .refused
                    .as_ref()
                    .is_some_and(|part| told.contains(part));
                return (!right).then_some(told).into_iter().collect();
            }
        };
        let mut faults = Vec::new();
        if self.desk {
            // The agent is asked first; what it tells is judged as in the flows of the looked up.
            let asks = |part: &Part| part.finding.disposition == Disposition::LookUp;
            if !assessed.parts.iter().all(asks) {
                faults.push("nobody is asked whose account it is".to_owned());
            }
            return faults;
        }
        self.answers(&assessed, &mut faults);
        self.tells(&assessed, &mut faults);
        let view = session.case(&id).expect("the case");
        self.runs(&view.clocks, &mut faults);
        let situation = Situation {
            demand: view.case.demand.as_ref().expect("described"),
            moments: &view.case.moments,
            verified: view.case.is_verified(),
            enterprise: assessed.concerns_enterprise(),
        };
        let packs = desk.law().expect("the packs");
        let at = session.now();
        self.may_tell(&packs.notices().of(&situation, at), &mut faults);
        faults
    }

    /// The demand as a case whose sender is known and whose past is recorded.
    fn taken(&self, session: &mut Session<'_>, bytes: &[u8]) -> Result<CaseId, String> {
        let moments = self.moments.iter().map(|text| {
            let (what, at) = text.split_once('=').expect("NAME=INSTANT");
            let what: Moment = what.parse().expect("a moment");
            (what, at.parse::<Timestamp>().expect("an instant"))
        });
        let (received, others): (Vec<_>, Vec<_>) =
            moments.partition(|(what, _)| *what == Moment::Received);
        let file = Intake {
            file_name: "demand.toml",
            bytes,
            arrival: Arrival {
                at: received.first().map(|(_, at)| *at),
                ..Arrival::default()
            },
        };
        let taken = session.intake(&file, &[]).map_err(|why| why.to_string())?;
        if let Some(why) = taken.unreadable {
            return Err(format!("it cannot be read: {why}"));
        }
        let id = taken.case;
        call_back(session, &id);
        let genuine = Genuine {
            verified: true,
            how: "called back",
            despite: None,
        };
        let told = |why: crate::CommandError| why.to_string();
        session.authenticate(&id, &genuine).map_err(told)?;
        if self.args.iter().any(|arg| arg == "--emergency-believed") {
            session
                .judge_emergency(&id, true, "the facts that it states")
                .map_err(told)?;
        }
        if !others.is_empty() {
            session
                .record(&id, &others, "as the case says")
                .map_err(told)?;
        }
        Ok(id)
    }
}

#[test]
fn a_desk_answers_each_demand_as_the_file_alone_does() {
    let mut wrong = Vec::new();
    for case in &all_cases() {
        let faults = case.faults_at_a_desk();
        if !faults.is_empty() {
            wrong.push(format!("{}: {}", case.no, faults.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
