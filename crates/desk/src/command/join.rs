use lagrum_access::Action;
use lagrum_model::{CaseId, Command, Link, Moment, Original, Refusal, receipt};
use serde::Serialize;

use super::intake::Taken;
use crate::session::{Acting, projecting};
use crate::{CommandError, Session};

/// That two arrivals of one demand are one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Joined {
    /// The case that ended.
    pub case: CaseId,
    /// The case in which the demand is answered.
    pub into: CaseId,
    /// Number of files that the other case did not have.
    pub files: usize,
}

impl Session<'_> {
    /// Joins a case to another that has the same demand: its files go to the other one, each with when and how
    /// it came, and it ends and points there. Both receipts stay; the clocks count from the first. Joining
    /// again, after it was cut off, goes on where it stopped.
    ///
    /// # Errors
    /// When both are the same, one of them is closed for another reason, what is joined is decided already,
    /// came through the door of another authority, or nobody says why.
    pub fn join(
        &mut self,
        id: &CaseId,
        into: &CaseId,
        reason: &str,
    ) -> Result<Joined, CommandError> {
        let refused = |case: &CaseId, refusal| CommandError::Refused {
            case: case.clone(),
            refusal,
        };
        self.may_ever(Action::Join)?;
        self.theirs(id)?;
        if id == into {
            return Err(refused(id, Refusal::LinkedToItself));
        }
        if reason.trim().is_empty() {
            return Err(refused(id, Refusal::Empty { field: "reason" }));
        }
        let stays = self.read_case(into)?.case;
        let there = (into.clone(), Link::AnsweredThere);
        if stays.closed {
            return Err(refused(into, Refusal::Closed));
        }
        // First it ends here: whoever is cut off then has a case that points to the other, and joins again.
        let ends = self.change(Action::Join, id, &[], |changes, acting| {
            let case = changes.case();
            if case.closed && !case.links.contains(&there) {
                return Err(acting.refused(Refusal::Closed));
            }
            if !case.answers.is_empty() && !case.closed {
                return Err(acting.refused(Refusal::AlreadyDecided));
            }
            // An officer finds the answer where they sent the demand.
            if case.sent_by.is_some() && case.sent_by != stays.sent_by {
                return Err(acting.refused(Refusal::CameThroughDoor));
            }
            let (to, how) = there.clone();
            acting.command(changes, Command::Link { to, how }, reason)?;
            let duties = Vec::new();
            acting.command(changes, Command::Close { duties }, reason)?;
            Ok(changes.case().clone())
        })?;
        let store = &self.desk.inner.store;
        let mut files = Vec::new();
        for one in &ends.originals {
            let have = |other: &Original| other.sha256 == one.sha256;
            if !stays.originals.iter().any(have) {
                let bytes = store.original(id, &one.sha256)?;
                let bytes = bytes.ok_or_else(|| {
                    CommandError::Damaged(format!("case {id}: the bytes of an original are gone"))
                })?;
                files.push((arrived(one, ends.received_at), bytes));
            }
        }
        let bytes: Vec<_> = files.iter().map(|(_, bytes)| bytes.as_slice()).collect();
        self.change(Action::Join, into, &bytes, |changes, acting| {
            for (original, _) in &files {
                let original = original.clone();
                acting.command(changes, Command::Attach { original }, reason)?;
            }
            let (to, how) = (id.clone(), Link::SentAgain);
            acting.command(changes, Command::Link { to, how }, reason)?;
            let first = changes.case().received_at;
            if let Some(when) = ends
                .received_at
                .filter(|at| first.is_none_or(|first| *at < first))
            {
                let what = Moment::Received;
                acting.command(
                    changes,
                    Command::RecordMilestone {
                        what,
                        when,
                        ruling: None,
                    },
                    reason,
                )?;
            }
            Ok(())
        })?;
        Ok(Joined {
            case: id.clone(),
            into: into.clone(),
            files: files.len(),
        })
    }

    /// Takes a second demand out of a case that holds two: a new case with these originals (counted from 1),
    /// received when they came. They stay in the first case, too. Splitting the same off again gives the same
    /// case.
    ///
    /// # Errors
    /// When no original is named or there is none of that number, the case is closed, or nobody says why.
    pub fn split(
        &mut self,
        id: &CaseId,
        numbers: &[usize],
        reason: &str,
    ) -> Result<Taken, CommandError> {
        let desk = self.desk;
        let case = self.read_for(Action::Split, id)?.case;
        let refused = |refusal| CommandError::Refused {
            case: id.clone(),
            refusal,
        };
        if case.closed {
            return Err(refused(Refusal::Closed));
        }
        if reason.trim().is_empty() {
            return Err(refused(Refusal::Empty { field: "reason" }));
        }
        let no_such = |number| Refusal::NoSuchOriginal {
            number,
            originals: case.originals.len(),
        };
        let mut files = Vec::new();
        for number in numbers {
            let found = number.checked_sub(1);
            let found = found.and_then(|place| case.originals.get(place));
            let found = found.ok_or_else(|| refused(no_such(*number)))?;
            let (_, bytes) = self.original(id, *number)?;
            files.push((arrived(found, case.received_at), bytes));
        }
        let Some((first, _)) = files.first() else {
            return Err(refused(no_such(0)));
        };
        let name = first.file_name.clone();
        let digests: Vec<_> = files.iter().map(|(one, _)| one.sha256).collect();
        for (other, _) in &case.links {
            if self.theirs(other).is_err() {
                continue;
            }
            let there = desk.inner.store.case(other)?;
            let same = there.originals.iter().map(|one| one.sha256);
            if !there.closed && same.eq(digests.iter().copied()) {
                return Ok(Taken {
                    case: other.clone(),
                    file: name,
                    new: false,
                    unreadable: None,
                });
            }
        }
        desk.law()?;
        desk.gives_numbers_and_cards()?;
        let at = self.time.now();
        let actor = self.by.actor();
        let bytes: Vec<_> = files.iter().map(|(_, bytes)| bytes.as_slice()).collect();
        let opened = desk.inner.store.open_another(
            Action::Split.as_str(),
            at,
            &bytes,
            self.random,
            projecting!(desk),
            |changes| {
                let new = changes.id().clone();
                let acting = Acting { id: &new, actor };
                for (place, (original, _)) in files.iter().enumerate() {
                    let original = original.clone();
                    let command = match place {
                        0 => Command::Receive { original },
                        _ => Command::Attach { original },
                    };
                    acting.command(changes, command, reason)?;
                }
                let why = format!("taken out of case {id}, to be described by a person");
                acting.command(changes, Command::RecordUnreadable { why }, reason)?;
                let (to, how) = (id.clone(), Link::Related);
                acting.command(changes, Command::Link { to, how }, reason)?;
                // It stays with the group of the case from which it is taken.
                if let Some(group) = desk.group_of(&case)?
                    && desk.group_of(changes.case())? != Some(group)
                {
                    let group = group.to_owned();
                    acting.command(changes, Command::HandToGroup { group }, reason)?;
                }
                Ok::<_, CommandError>(())
            },
        )?;
        let new = opened.case.clone();
        self.change(Action::Split, id, &[], |changes, acting| {
            let (to, how) = (new.clone(), Link::Related);
            acting.command(changes, Command::Link { to, how }, reason)
        })?;
        Ok(Taken {
            case: opened.case,
            file: name,
            new: true,
            unreadable: None,
        })
    }
}

/// A file as it came, with when it did: what nobody wrote down is the receipt of its case.
fn arrived(original: &Original, received: Option<jiff::Timestamp>) -> Original {
    let mut original = original.clone();
    original.arrival.at = original.arrival.at.or(received).map(receipt);
    original
}
