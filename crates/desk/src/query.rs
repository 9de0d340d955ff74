//! What people ask. Nothing here writes, takes a lock or needs the log's key.

use jiff::Timestamp;
use lagrum_access::Action;
use lagrum_law::Clock;
use lagrum_log::Proof;
use lagrum_mandate::Mandate;
use lagrum_mandate::gate::LoggedEvent;
use lagrum_model::{
    Case, CaseId, Disposition, Duty, Event, Identifier, MandateRecord, Original, Refusal,
    Sha256Digest, WatchKind, Watched,
};
use lagrum_store::{CaseFilter, Order, Page, PageOf, Rebuilt, Summary};
use lagrum_transport::Stem;
use serde::Serialize;

use crate::lapse::dead;
use crate::record::Checked;
use crate::session::projecting;
use crate::{CommandError, Session};

/// A case as this person may see it.
#[derive(Clone, Debug)]
pub struct CaseView {
    /// Which case.
    pub id: CaseId,
    /// What its events make of it.
    pub case: Case,
    /// Its events, in order.
    pub events: Vec<Event>,
    /// Its clocks, the most pressing first.
    pub clocks: Vec<Clock>,
    /// Whether an agent has answered and nobody has recorded it yet.
    pub unrecorded_answer: bool,
    /// The mandates that nobody can carry out any more, and that are not drafted anew yet.
    pub lapsed: Vec<Sha256Digest>,
    /// Privileged notes that were left out, because the person may not read them.
    pub left_out: usize,
    /// Why its events could not be held against the public log; absent when they were.
    pub uncompared: Option<String>,
}

/// An earlier demand for the data of the same account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Earlier {
    /// In which case.
    pub case: CaseId,
    /// Who asked; absent while nobody described it.
    pub authority: Option<String>,
    /// When it was received (UTC).
    #[schemars(with = "lagrum_model::schema::Instant")]
    pub received_at: Timestamp,
    /// How it was answered.
    pub answers: Vec<Disposition>,
}

/// What stands open in a case beside its own way, until a person or a court ended it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandsOpen {
    /// A part of the demand is challenged.
    Challenged,
    /// Counsel has not decided about what an agent withheld.
    Withheld,
}

impl Session<'_> {
    /// A case with its events and clocks.
    ///
    /// # Errors
    /// When there is no such case, something of it was changed from outside, or the person may not
    /// read it.
    pub fn case(&self, id: &CaseId) -> Result<CaseView, CommandError> {
        let Checked {
            mut events,
            case: whole,
            uncompared,
        } = self.read_for(Action::ReadCase, id)?;
        let mut left_out = 0;
        if self.may_with(Action::ReadPrivileged, id, &whole).is_err() {
            for event in &mut events {
                left_out += usize::from(event.withhold_privileged());
            }
        }
        let case = match left_out {
            0 => whole,
            _ => Case::from_events(&events),
        };
        let clocks = self.desk.clocks(&case, self.time.now())?;
        Ok(CaseView {
            id: id.clone(),
            unrecorded_answer: self.has_unrecorded_answer(&case),
            lapsed: self.lapsed(&case)?,
            case,
            events,
            clocks,
            left_out,
            uncompared,
        })
    }

    /// What would outlive a case if it were closed now. Nothing while it is not answered: then nobody can close it.
    ///
    /// # Errors
    /// When the law packs cannot be used.
    pub fn outliving_duties(&self, view: &CaseView) -> Result<Vec<Duty>, CommandError> {
        match view.case.answers.is_empty() {
            true => Ok(Vec::new()),
            false => self.desk.duties(&view.case, self.time.now()),
        }
    }

    fn lapsed(&self, case: &Case) -> Result<Vec<Sha256Digest>, CommandError> {
        let now = self.time.now();
        let mut lapsed = Vec::new();
        let open = |one: &MandateRecord| {
            let reopened = || case.reopened().any(|part| one.parts.contains(&part));
            Ok::<_, CommandError>(dead(one, now)?.is_some() || (one.is_lapsed() && reopened()))
        };
        for (digest, one) in &case.mandates {
            if !case.closed && open(one)? {
                lapsed.push(*digest);
            }
        }
        Ok(lapsed)
    }

    fn has_unrecorded_answer(&self, case: &Case) -> bool {
        let open = case
            .mandates
            .values()
            .filter(|one| one.is_open())
            // A refusal that is recorded lies there until the agent answers otherwise.
            .filter(|one| one.not_produced.is_none());
        open.filter_map(|one| Mandate::parse(&one.text).ok())
            .any(|mandate| {
                let transport = &self.desk.inner.transport;
                transport
                    .has_answer(&mandate.region, &Stem::of(&mandate))
                    .unwrap_or(false)
            })
    }

    /// Emergencies that are not answered, the latest first.
    ///
    /// # Errors
    /// When the person may not read the list.
    pub fn emergencies(&self) -> Result<Vec<Watched>, CommandError> {
        /// More than that nobody looks at above a list.
        const MOST: u32 = 20;
        self.may(Action::ReadList)?;
        let (store, kind) = (&self.desk.inner.store, WatchKind::Emergency);
        let page = Page::number(1, MOST);
        let groups = self.own_groups()?;
        let found = store.watched_of(groups.as_deref(), kind, self.time.now(), page)?;
        Ok(found.items)
    }

    /// A page of the list of cases.
    ///
    /// # Errors
    /// When the person may not read it.
    pub fn cases(
        &self,
        filter: &CaseFilter,
        order: Order,
        page: Page,
    ) -> Result<PageOf<Summary>, CommandError> {
        self.may(Action::ReadList)?;
        let filter = self.own(filter)?;
        let found = self.desk.inner.store.list(&filter, order, page)?;
        let now = self.time.now();
        Ok(PageOf {
            items: found.items.into_iter().map(|one| one.at(now)).collect(),
            ..found
        })
    }

    /// How many cases a search by words may have missed: they have more words than the list keeps (see
    /// [`lagrum_store::MOST_WORDS`]). Counted up to [`lagrum_store::MOST_BESIDE`]; 0 where a filter asks for no
    /// words.
    ///
    /// # Errors
    /// When the person may not read the list.
    pub fn half_searched(&self, filter: &CaseFilter) -> Result<u64, CommandError> {
        self.may(Action::ReadList)?;
        if filter.words.is_none() {
            return Ok(0);
        }
        let groups = self.own(filter)?.groups;
        Ok(self.desk.inner.store.half_searched(groups.as_deref())?)
    }

    /// How many cases each of these finds, counted up to [`lagrum_store::MOST_BESIDE`] and no further.
    ///
    /// # Errors
    /// When the person may not read the list.
    pub fn counts(&self, filters: &[CaseFilter]) -> Result<Vec<u64>, CommandError> {
        self.may(Action::ReadList)?;
        let own: Result<Vec<_>, _> = filters.iter().map(|one| self.own(one)).collect();
        Ok(self.desk.inner.store.counts(&own?)?)
    }

    /// The cases in which something of a kind stands open, the latest first: what is challenged, what an agent
    /// withheld. Counted up to [`lagrum_store::MOST_COUNTED`].
    ///
    /// # Errors
    /// When the person may not read the list.
    pub fn standing(
        &self,
        what: StandsOpen,
        page: Page,
    ) -> Result<PageOf<(Watched, Summary)>, CommandError> {
        self.may(Action::ReadList)?;
        let store = &self.desk.inner.store;
        let kind = match what {
            StandsOpen::Challenged => WatchKind::Challenged,
            StandsOpen::Withheld => WatchKind::Unreviewed,
        };
        let groups = self.own_groups()?;
        let now = self.time.now();
        let found = store.watched_of(groups.as_deref(), kind, now, page)?;
        let with_case = |one: Watched| {
            let summary = store.summary(&one.case)?.at(now);
            Ok::<_, CommandError>((one, summary))
        };
        Ok(PageOf {
            items: found
                .items
                .into_iter()
                .map(with_case)
                .collect::<Result<_, _>>()?,
            total: found.total,
            unreadable: found.unreadable,
        })
    }

    /// The `number`th original of a case, from 1, byte for byte.
    ///
    /// # Errors
    /// When there is no such original, or the person may not read it.
    pub fn original(
        &self,
        id: &CaseId,
        number: usize,
    ) -> Result<(Original, Vec<u8>), CommandError> {
        let case = self.read_for(Action::ReadOriginal, id)?.case;
        let found = number
            .checked_sub(1)
            .and_then(|place| case.originals.get(place));
        let original = found.ok_or_else(|| CommandError::Refused {
            case: id.clone(),
            refusal: Refusal::NoSuchOriginal {
                number,
                originals: case.originals.len(),
            },
        })?;
        let bytes = self.desk.inner.store.original(id, &original.sha256)?;
        let bytes = bytes.ok_or_else(|| {
            CommandError::Damaged(format!(
                "case {id}: the bytes of original {number} are gone"
            ))
        })?;
        Ok((original.clone(), bytes))
    }

    /// Other demands that name one of these identifiers, newest first.
    ///
    /// # Errors
    /// When the person may not read the list.
    pub fn earlier(
        &self,
        id: &CaseId,
        identifiers: &[&Identifier],
    ) -> Result<Vec<Earlier>, CommandError> {
        /// More than that nobody reads before signing.
        const MOST: u32 = 100;
        let mut found: Vec<Earlier> = Vec::new();
        for identifier in identifiers {
            let filter = CaseFilter {
                identifier: Some((*identifier).clone()),
                ..CaseFilter::default()
            };
            let page = self.cases(&filter, Order::Newest, Page::number(1, MOST))?;
            for summary in page.items {
                let known = found.iter().any(|one| one.case == summary.case);
                if summary.case != *id && !known {
                    found.push(Earlier {
                        case: summary.case,
                        authority: summary.authority,
                        received_at: summary.received_at,
                        answers: summary.answers,
                    });
                }
            }
        }
        found.sort_by(|one, other| other.case.cmp(&one.case));
        Ok(found)
    }

    /// Other demands under the same reference of the same authority: perhaps the same, sent again.
    /// Those that are linked already are left out.
    ///
    /// # Errors
    /// When the person may not read the list.
    pub fn alike(&self, id: &CaseId) -> Result<Vec<Earlier>, CommandError> {
        const MOST: u32 = 10;
        self.theirs(id)?;
        let case = self.desk.inner.store.case(id)?;
        let Some(demand) = &case.demand else {
            return Ok(Vec::new());
        };
        let filter = CaseFilter {
            reference: Some(demand.reference.clone()),
            authority: Some(demand.authority.name.clone()),
            ..CaseFilter::default()
        };
        let page = self.cases(&filter, Order::Number, Page::number(1, MOST))?;
        // The filter asks what contains the words; here they are all of it.
        let same = |one: &Summary| {
            one.reference.as_deref() == Some(&demand.reference)
                && one.authority.as_deref() == Some(&demand.authority.name)
                && one.authority_country == Some(demand.authority.country)
                && one.case != *id
                && case.links.iter().all(|(other, _)| *other != one.case)
        };
        let alike = page.items.into_iter().filter(same).map(|one| Earlier {
            case: one.case,
            authority: one.authority,
            received_at: one.received_at,
            answers: one.answers,
        });
        Ok(alike.collect())
    }

    /// The proof that an event of a case is in the public log, with the event and its salt inside.
    /// `None` while the event is recorded and has no place in the log yet.
    ///
    /// # Errors
    /// When there is no such event, or the person may not open it.
    pub fn proof(&self, id: &CaseId, number: u64) -> Result<Option<Proof>, CommandError> {
        self.theirs(id)?;
        let case = self.desk.inner.store.case(id)?;
        self.may_with(Action::ProveEvent, id, &case)?;
        let privileged = case
            .notes
            .iter()
            .any(|note| note.number == number && note.privileged);
        if privileged {
            self.may_with(Action::ReadPrivileged, id, &case)?;
        }
        self.desk.prove(id, number)
    }

    /// Makes the list of cases anew from the events, and says of how many and which it left out
    /// because something of them was changed from outside.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn rebuild(&self) -> Result<Rebuilt, CommandError> {
        self.may(Action::RebuildReadModel)?;
        self.desk.law()?;
        Ok(self
            .desk
            .inner
            .store
            .rebuild_summaries(projecting!(self.desk))?)
    }

    /// Compares the list of cases with the events, and says of which cases it differs.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn compare(&self) -> Result<Vec<CaseId>, CommandError> {
        self.may(Action::RebuildReadModel)?;
        self.desk.law()?;
        let found = self
            .desk
            .inner
            .store
            .compare_summaries(projecting!(self.desk))?;
        Ok(found.into_iter().map(|one| one.case).collect())
    }
}

impl crate::Desk {
    pub(crate) fn prove(&self, id: &CaseId, number: u64) -> Result<Option<Proof>, CommandError> {
        let logged = self.inner.store.logged(id, number)?;
        let Some(position) = logged.position else {
            return Ok(None);
        };
        let reader = self.log_reader()?;
        let inclusion = match reader.checkpoint() {
            // Under a checkpoint that the witnesses have not seen, nobody would believe it.
            Ok(checkpoint) if !self.is_witnessed(&checkpoint)? => return Ok(None),
            Ok(checkpoint) if checkpoint.head().size > position => reader.prove(position)?,
            Ok(_) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        // The log proves its own entry; that this event is that entry is for us to see.
        let held = inclusion.verify(reader.policy(), &logged.commitment);
        if held.is_err() {
            return Err(CommandError::Damaged(format!(
                "case {id} is damaged: event {number} is not what the public log has as its entry {position}"
            )));
        }
        let event = LoggedEvent {
            salt: logged.salt,
            event: logged.text,
        };
        let extra = serde_json::to_vec(&event)
            .map_err(|e| CommandError::Damaged(format!("an event cannot be written: {e}")))?;
        Ok(Some(Proof::new(inclusion, extra)?))
    }
}
