use lagrum_access::Action;
use lagrum_model::{
    Arrival, CaseId, Command, Demand, DemandError, Original, ProviderFindings, Refusal,
};
use lagrum_store::Changes;
use serde::Serialize;

use crate::session::{Acting, projecting};
use crate::{CommandError, Session};

/// The largest file that is taken in, in bytes: scans of warrants are large, mailboxes are not
/// demands.
pub const LARGEST_ORIGINAL: u64 = 64 << 20;

/// A file that came in.
#[derive(Clone, Debug)]
pub struct Intake<'i> {
    /// Its name, for people.
    pub file_name: &'i str,
    /// Its bytes.
    pub bytes: &'i [u8],
    /// How, when and from whom it came.
    pub arrival: Arrival,
}

impl Intake<'_> {
    pub(crate) fn original(&self) -> Original {
        Original::of(self.file_name, self.bytes, self.arrival.clone())
    }

    pub(crate) fn check(&self) -> Result<(), CommandError> {
        if self.bytes.len() as u64 <= LARGEST_ORIGINAL {
            return Ok(());
        }
        Err(CommandError::Invalid(Refusal::TooLarge {
            file_name: self.file_name.to_owned(),
            limit: LARGEST_ORIGINAL,
        }))
    }
}

/// What became of a file that came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Taken {
    /// The case.
    pub case: CaseId,
    /// The file's name.
    pub file: String,
    /// Whether the case is new. If not, the same bytes were taken in before, and nothing was
    /// recorded now.
    pub new: bool,
    /// Why the file does not describe a demand, if it does not. Its bytes are kept all the same.
    pub unreadable: Option<DemandError>,
}

impl Session<'_> {
    /// Takes a demand in: the bytes are kept with their digest whether or not they can be read. The
    /// same bytes again give the same case. `annexes` are further files that belong to it: the
    /// instrument itself, if the demand is described in a file beside it.
    ///
    /// # Errors
    /// When a file is too large, the person may not, or it cannot be stored.
    pub fn intake(
        &mut self,
        file: &Intake<'_>,
        annexes: &[Intake<'_>],
    ) -> Result<Taken, CommandError> {
        self.may(Action::Intake)?;
        for one in std::iter::once(file).chain(annexes) {
            one.check()?;
        }
        let read = self.read_by(file.bytes);
        let originals: Vec<_> = std::iter::once(file)
            .chain(annexes)
            .map(|one| one.bytes)
            .collect();
        let desk = self.desk;
        desk.law()?;
        let at = self.time.now();
        let actor = self.by.actor();
        let first = |changes: &mut Changes<'_>| {
            let id = changes.id().clone();
            let acting = Acting { id: &id, actor };
            let original = file.original();
            acting.command(changes, Command::Receive { original }, "received")?;
            for annex in annexes {
                attach(changes, &acting, annex)?;
            }
            match &read {
                Ok(demand) => describe(changes, &acting, demand, "as received"),
                Err(e) => {
                    let why = e.to_string();
                    let record = Command::RecordUnreadable { why };
                    acting.command(changes, record, "kept as received")
                }
            }
        };
        let (name, project) = (Action::Intake.as_str(), projecting!(desk));
        let store = &desk.inner.store;
        desk.gives_numbers_and_cards()?;
        let opened = match self.by.groups() {
            None => store.open_case(name, at, &originals, self.random, project, first)?,
            // That another group has the same bytes nobody learns.
            Some(_) => {
                let (by, people) = (&self.by, desk.people()?);
                let theirs = |route: &str| {
                    let group = people.group_of(route).filter(|_| !route.is_empty());
                    by.works_for(group.map(|group| group.id.as_str()))
                };
                let random = &mut *self.random;
                store.open_case_of_theirs(name, at, &theirs, &originals, random, project, first)?
            }
        };
        Ok(Taken {
            case: opened.case,
            file: file.file_name.to_owned(),
            new: opened.new,
            unreadable: read.err(),
        })
    }

    /// Describes a case whose original cannot be read, or corrects its description. Every finding
    /// and every answer about another description is void. `annexes` are further files that belong to
    /// it; `why` it is corrected has to be said once the demand is decided. False if the case is described so
    /// already: then only what the annexes add is recorded.
    ///
    /// # Errors
    /// When the file cannot be read as a demand, states what only counsel may, a mandate is released
    /// already, or nobody says why a decided demand is described anew.
    pub fn describe(
        &mut self,
        id: &CaseId,
        file: &Intake<'_>,
        annexes: &[Intake<'_>],
        why: Option<&str>,
    ) -> Result<bool, CommandError> {
        let all = || std::iter::once(file).chain(annexes);
        for one in all() {
            one.check()?;
        }
        let originals: Vec<_> = all().map(|one| one.bytes).collect();
        let read = self.read_by(file.bytes);
        let desk = self.desk;
        let by = self.by.clone();
        // Else it is counted when it is decided: the next file of cards may be published already.
        let may_count = desk.log_is_where_it_was().is_ok();
        self.change(Action::Describe, id, &originals, |changes, acting| {
            let demand = read.map_err(|error| {
                acting.refused(Refusal::Unreadable {
                    file_name: file.file_name.to_owned(),
                    error,
                })
            })?;
            let case = changes.case();
            let known = case.demand.as_ref().map(|demand| demand.findings);
            let why = why.filter(|why| !why.trim().is_empty());
            if !case.answers.is_empty() && why.is_none() {
                return Err(acting.refused(Refusal::Empty { field: "reason" }));
            }
            if demand.findings != ProviderFindings::default() && known != Some(demand.findings) {
                desk.permit(&by, Action::StateFindings, id, case)?;
            }
            let another = case.demand.as_ref() != Some(&demand);
            let original = Original {
                describes: true,
                ..file.original()
            };
            let reason = "describes the demand";
            acting.command(changes, Command::Attach { original }, reason)?;
            for annex in annexes {
                attach(changes, acting, annex)?;
            }
            let why = why.unwrap_or("described by a person");
            describe(changes, acting, &demand, why)?;
            if may_count {
                changes.count(&acting.actor);
            }
            desk.only_its_own_owner(changes, acting)?;
            Ok(another)
        })
    }

    /// Adds a file to a case: an annex, a letter, the scanned instrument.
    ///
    /// # Errors
    /// When it is too large, or the case is closed.
    pub fn attach(&mut self, id: &CaseId, file: &Intake<'_>) -> Result<(), CommandError> {
        file.check()?;
        self.change(Action::Intake, id, &[file.bytes], |changes, acting| {
            attach(changes, acting, file)
        })
    }

    /// Reads a demand file as this person may bring it: the provider's own findings are counsel's to
    /// state, and no token's that is not for it.
    fn read_by(&self, bytes: &[u8]) -> Result<Demand, DemandError> {
        if self.by.actor().is_counsel() && self.by.is_for(Action::StateFindings) {
            Demand::parse(bytes)
        } else {
            Demand::parse_without_findings(bytes)
        }
    }
}

pub(crate) fn attach(
    changes: &mut Changes<'_>,
    acting: &Acting<'_>,
    file: &Intake<'_>,
) -> Result<(), CommandError> {
    let original = file.original();
    acting.command(
        changes,
        Command::Attach { original },
        "belongs to the demand",
    )
}

fn describe(
    changes: &mut Changes<'_>,
    acting: &Acting<'_>,
    demand: &Demand,
    reason: &str,
) -> Result<(), CommandError> {
    let demand = Box::new(demand.clone());
    acting.command(changes, Command::Describe { demand }, reason)
}
