use jiff::{SignedDuration, Timestamp};
use lagrum_access::Action;
use lagrum_mandate::{INQUIRY_LIFE, Inquiry, MOST_INQUIRED, Nonce};
use lagrum_model::{
    Case, CaseId, Command, EmailAddress, Identifier, InquiryRecord, Refusal, Region,
};
use lagrum_store::Changes;
use serde::Serialize;

use crate::command::assess::in_case;
use crate::sequencer::{recorded_inquiry, release_inquiry, take_inquiry_back};
use crate::session::not_compared;
use crate::{CommandError, Desk, Session};

/// That agents were asked which accounts there are, each by a note that somebody of the roster signed.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Inquired {
    /// The case.
    pub case: CaseId,
    /// Who asked.
    pub by: Vec<String>,
    /// The agents of which regions. What they know, they answer.
    pub regions: Vec<Region>,
}

/// The accounts of a case about which the agent of a region is to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToInquire {
    /// Which region.
    pub region: Region,
    /// The accounts, in the order of the demand.
    pub accounts: Vec<EmailAddress>,
}

impl Desk {
    /// About which accounts of a case which agents are to be asked before the law can be applied to it: those of which
    /// nothing stands in the desk's own list and which the agent was not asked about, or refused to tell, as it stands
    /// at `now` (UTC). With `again` also those that it told of, and has not told of yet.
    ///
    /// # Errors
    /// When the case is not described; when the directory cannot be used.
    pub fn to_inquire(
        &self,
        case: &Case,
        again: bool,
        now: Timestamp,
    ) -> Result<Vec<ToInquire>, CommandError> {
        let Some(demand) = &case.demand else {
            return Err(CommandError::Invalid(Refusal::NotDescribed));
        };
        let directory = self.directory()?;
        let open = case.inquiries.values().filter(|one| is_open(one));
        let mut open = open
            .map(|one| recorded_inquiry(&one.note))
            .collect::<Result<Vec<_>, _>>()?;
        open.retain(|inquiry| inquiry.over_at() > now);
        // Whether an agent told of an account, or may still tell.
        let is_asked = |region: &Region, address: &EmailAddress| {
            let names = |inquiry: &Inquiry| {
                let mut named = inquiry.accounts.iter();
                inquiry.region == *region && named.any(|one| one.normal() == address.normal())
            };
            case.told_of(address).contains_key(region) || open.iter().any(names)
        };
        let mut asked: Vec<ToInquire> = Vec::new();
        for identifier in demand.identifiers() {
            let Identifier::EmailAddress(address) = identifier else {
                continue;
            };
            for region in directory.asked_about(address)? {
                if !again && is_asked(region, address) {
                    continue;
                }
                let of_region = asked.iter_mut().find(|one| one.region == *region);
                match of_region {
                    Some(one) => one.accounts.push(address.clone()),
                    None => asked.push(ToInquire {
                        region: region.clone(),
                        accounts: vec![address.clone()],
                    }),
                }
            }
        }
        Ok(asked)
    }
}

impl Session<'_> {
    /// What [`Desk::to_inquire`] says of a case, for whoever asks.
    fn to_inquire(&self, id: &CaseId, again: bool) -> Result<Vec<ToInquire>, CommandError> {
        let read = self.read_for(Action::Inquire, id)?;
        if let Some(why) = read.uncompared {
            return Err(not_compared(id, &why));
        }
        let now = self.time.now();
        let asked = self.desk.to_inquire(&read.case, again, now);
        asked.map_err(|error| in_case(id, error))
    }

    /// What somebody of the roster signs to ask: one question, or several where it is about many accounts, for each
    /// region.
    ///
    /// # Errors
    /// [`Refusal::NothingToInquire`], when there is nothing to ask; when the person may not.
    pub fn inquiries(&mut self, id: &CaseId, again: bool) -> Result<Vec<Inquiry>, CommandError> {
        let asked = self.to_inquire(id, again)?;
        let refused = |refusal| CommandError::Refused {
            case: id.clone(),
            refusal,
        };
        if asked.is_empty() {
            return Err(refused(Refusal::NothingToInquire));
        }
        let case = self.desk.inner.store.case(id)?;
        let demand = case.demand.as_ref().map(lagrum_model::Demand::digest);
        let demand = demand.ok_or_else(|| refused(Refusal::NotDescribed))?;
        let now = self.time.now();
        // Whole seconds, and none that is still to come.
        let asked_at = Timestamp::from_second(now.as_second()).unwrap_or(now);
        let mut all = Vec::new();
        for ToInquire { region, accounts } in asked {
            for accounts in accounts.chunks(MOST_INQUIRED) {
                let mut nonce = [0; 16];
                self.random.fill_bytes(&mut nonce);
                all.push(Inquiry {
                    case: id.clone(),
                    region: region.clone(),
                    demand,
                    accounts: accounts.to_vec(),
                    asked_at,
                    nonce: Nonce(nonce),
                });
            }
        }
        Ok(all)
    }

    /// Asks the agents: `notes` are questions of [`Session::inquiries`], signed by one person of the roster each. They are
    /// recorded, and go to the agents when the log has them.
    ///
    /// # Errors
    /// When nobody of the roster signed a note; when it asks about something else than the case does, or long ago.
    pub fn inquire(&mut self, id: &CaseId, notes: &[String]) -> Result<Inquired, CommandError> {
        let desk = self.desk.clone();
        self.change(Action::Inquire, id, &[], |changes, acting| {
            acting.compared(changes.uncompared())?;
            let roster = desk.roster()?;
            let mut done = Inquired {
                case: id.clone(),
                by: Vec::new(),
                regions: Vec::new(),
            };
            for note in notes {
                let (inquiry, by) = Inquiry::from_note(roster, note.as_bytes())
                    .map_err(|_| acting.refused(Refusal::SignatureInvalid))?;
                // Who asks for a case works for its group, as who signs a mandate does.
                let group = desk.group_of(changes.case())?;
                if group.is_some() && !desk.signs_for(&by.name, by.role, group)? {
                    let id = by.id.clone();
                    return Err(acting.refused(Refusal::OfAnotherGroup { id }));
                }
                let now = changes.at();
                if !asks_what_the_case_does(&desk, changes.case(), &inquiry)? || inquiry.case != *id
                {
                    return Err(acting.refused(Refusal::NothingToInquire));
                }
                let age = now.duration_since(inquiry.asked_at);
                if age < SignedDuration::ZERO || age >= INQUIRY_LIFE {
                    return Err(acting.refused(Refusal::NothingToInquire));
                }
                let digest = inquiry.digest();
                if changes.case().inquiries.contains_key(&digest) {
                    continue;
                }
                // The agent that did not answer before is asked this instead.
                take_back(changes, Some(&inquiry.region))?;
                let command = Command::Inquire {
                    inquiry: digest,
                    region: inquiry.region.clone(),
                    note: note.clone(),
                };
                acting.command(changes, command, "signed")?;
                changes.send(release_inquiry(&digest, &inquiry));
                if !done.regions.contains(&inquiry.region) {
                    done.regions.push(inquiry.region);
                }
                if !done.by.contains(&by.name) {
                    done.by.push(by.name.clone());
                }
            }
            match done.regions.is_empty() && notes.is_empty() {
                true => Err(acting.refused(Refusal::NothingToInquire)),
                false => Ok(done),
            }
        })
    }
}

/// Whether an agent may still answer, as far as the case knows.
pub(crate) fn is_open(record: &InquiryRecord) -> bool {
    record.told.is_none() && record.refused.is_none()
}

/// Whether the demand names these accounts, as it is described now, and the agent of this region is asked about them.
fn asks_what_the_case_does(
    desk: &Desk,
    case: &Case,
    inquiry: &Inquiry,
) -> Result<bool, CommandError> {
    let Some(demand) = &case.demand else {
        return Ok(false);
    };
    if demand.digest() != inquiry.demand {
        return Ok(false);
    }
    let directory = desk.directory()?;
    for address in &inquiry.accounts {
        let named = demand.identifiers().iter().any(
            |one| matches!(one, Identifier::EmailAddress(named) if named.normal() == address.normal()),
        );
        if !named || !directory.asked_about(address)?.contains(&&inquiry.region) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Has the questions taken back that no agent has answered; those to the agent of one region, where one is named.
pub(crate) fn take_back(
    changes: &mut Changes<'_>,
    region: Option<&Region>,
) -> Result<(), CommandError> {
    let mut items = Vec::new();
    for (digest, record) in &changes.case().inquiries {
        if record.told.is_none() && region.is_none_or(|region| record.region == *region) {
            items.push(take_inquiry_back(digest, &recorded_inquiry(&record.note)?));
        }
    }
    for item in items {
        changes.send(item);
    }
    Ok(())
}
