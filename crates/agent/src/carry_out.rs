use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use lagrum_certificate::Certificate;
use lagrum_documents::{Style, Summary, Texts, Zone, package_summary};
use lagrum_durable::{FileError, Scratch, move_into_place, private_directory};
use lagrum_mandate::answer::{Receipt, SignedAnswer};
use lagrum_mandate::gate::UntrustedMandate;
use lagrum_mandate::{Cleared, Mandate, Nonce, Order, PinnedCertificate};
use lagrum_model::{AccountIdentifier, Language, Searched, SubCategory};
use lagrum_notes::verify_note;
use lagrum_package::{Limited, Search, SearchOutcome, Statement, digest_of_file};
use lagrum_production::{ProductionError, SealWith, Spool, WITHHELD, Written, seal};
use lagrum_source::{About, Run, SearchResult};
use lagrum_transport::{Stem, TransportError};
use rand_core::CryptoRngCore;

use crate::ledger::{Beside, Carried};
use crate::review::list_name;
use crate::{Agent, AgentError, Progress};

/// The width of the summary: that of a terminal, and of a page in a typewriter's letters.
const SUMMARY_WIDTH: usize = 80;

impl Agent {
    /// Carries a cleared mandate out: search, package, seal, record, hand out.
    pub(crate) fn carry_out(
        &self,
        stem: &Stem,
        cleared: &Cleared,
        untrusted: &UntrustedMandate,
        clock: &dyn Fn() -> Timestamp,
        random: &mut dyn CryptoRngCore,
        watch: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Receipt, AgentError> {
        let mandate = cleared.mandate();
        let began_at = clock();
        // Before hours of searching, and once more before sealing.
        self.certificate(mandate, began_at)?;
        let work = self.work_of(&mandate.nonce.to_string());
        private_directory(&work)?;
        let mut spool = Spool::create(&work, began_at, &self.copies_key.to_public())?;
        let released = match &mandate.review {
            None => None,
            Some(review) => {
                let list = self.decided_here(review)?;
                Some(self.release(&list, review, &mut spool)?)
            }
        };
        let searches = match released {
            None => self.search(stem, cleared, began_at, &mut spool, watch)?,
            Some(_) => Vec::new(),
        };
        let statement = Statement {
            mandate: cleared.digest(),
            region: self.config.region.clone(),
            began_at,
            // A clock that went back meanwhile is not believed.
            ended_at: clock().max(began_at),
            searches,
            released: released.as_ref().map(|of| of.values().sum()),
            answers: cleared.answers().cloned(),
        };
        let written = self.written(cleared, untrusted, spool, &statement)?;
        watch(Progress::Sealing { mandate: stem });
        self.still_good(cleared, clock())?;
        let public = self.key.verifying_key();
        let ciphertext = self.sealed_of(&mandate.nonce);
        let told = mandate.recipient.told();
        let passphrase = told.map(|_| crate::passphrase::make(random));
        let certificate = self.certificate(mandate, clock().max(began_at))?;
        let with = match (&certificate, &passphrase) {
            (Some(certificate), _) => SealWith::Certificate(certificate),
            (None, Some(passphrase)) => SealWith::Passphrase(passphrase),
            (None, None) => SealWith::Key,
        };
        let volume = self.config.longest_volume;
        let (_, sealed) = seal(
            &written,
            mandate,
            &public,
            with,
            &ciphertext,
            volume,
            random,
        )?;
        let each = |(account, category): (&AccountIdentifier, _)| match &released {
            None => statement.found_of(account, category),
            Some(of) => Searched {
                items: of.get(&(account.clone(), category)).copied().unwrap_or(0),
                ..Searched::default()
            },
        };
        let named = mandate.identifiers.iter().flat_map(|account| {
            let all = mandate.categories.iter();
            all.map(move |category| (account, *category))
        });
        let receipt = Receipt {
            case: mandate.case.clone(),
            mandate: cleared.digest(),
            region: self.config.region.clone(),
            package: stem.handed_over_as(&mandate.recipient),
            sha256: sealed.sha256,
            length: sealed.length,
            volumes: sealed.volumes,
            produced: statement.produced(),
            for_review: statement.for_review(),
            searched: named.map(each).collect(),
        };
        let carried = Carried {
            nonce: mandate.nonce,
            mandate: cleared.digest(),
            stem: stem.clone(),
            sha256: sealed.sha256,
            receipt: receipt.sign(&self.key)?,
            handed_out: false,
        };
        let withheld = self.keep_lists(mandate, &work)?;
        // Sealing may take hours. A clock that went back since is not believed.
        let now = clock().max(began_at);
        self.still_good(cleared, now)?;
        // Who tells it can be shown it as soon as the package counts.
        if let (Some(told), Some(passphrase)) = (told, &passphrase) {
            self.keep_passphrase(&mandate.nonce, told, passphrase)?;
        }
        drop(passphrase);
        // From here on the mandate is spent, whatever happens: the mark names it before the record does.
        self.ledger.mark_begun(&carried)?;
        let beside = Beside {
            review: mandate.review.as_ref(),
            withheld,
            told: told.map(|told| (&mandate.case, told)),
            ..Beside::default()
        };
        self.ledger.record(&carried, &beside, now)?;
        if let Some(review) = &mandate.review {
            self.forget_copies(&review.of)?;
        }
        self.remove_plaintext()?;
        self.hand_out(&carried, &[])?;
        Ok(receipt)
    }

    /// The certificate to which a mandate seals, as it is pinned here and good at `now`. Nothing, where it seals to none.
    fn certificate(
        &self,
        mandate: &Mandate,
        now: Timestamp,
    ) -> Result<Option<Certificate>, AgentError> {
        let country = mandate.basis.authority.country;
        let recipient = mandate.recipient.recipient();
        let known = recipient.and_then(|one| self.recipients.find(one, country));
        let pinned = known.and_then(|known| Some((known.certificate.as_ref()?, &known.key)));
        let read = pinned
            .map(|(one, key): (&PinnedCertificate, _)| Certificate::pinned(one.bytes(), key, now));
        Ok(read.transpose()?)
    }

    /// What a search found, as a package that is not sealed yet.
    pub(crate) fn written(
        &self,
        cleared: &Cleared,
        untrusted: &UntrustedMandate,
        spool: Spool,
        statement: &Statement,
    ) -> Result<Written, AgentError> {
        let summary = self.summary(cleared, statement, &untrusted.note)?;
        let (note, proof) = (&untrusted.note, &untrusted.proof);
        Ok(spool.finish(note, proof, statement, &summary, &self.key)?)
    }

    /// What the officer reads first: in the language of the authority's country, if it is one that
    /// is spoken here, and in that country's time, if it has but one.
    fn summary(
        &self,
        cleared: &Cleared,
        statement: &Statement,
        note: &[u8],
    ) -> Result<String, AgentError> {
        let mandate = cleared.mandate();
        let people = self.roster.people();
        let keys: Vec<_> = people.iter().map(|person| &person.key).collect();
        let signed = verify_note(note, &keys).map(|(_, signed)| signed);
        let signed_by: Vec<_> = signed
            .iter()
            .flatten()
            .filter_map(|key| self.roster.holder_of(key))
            .map(|person| (person.name.clone(), person.role))
            .collect();
        let country = mandate.basis.authority.country;
        let summary = Summary {
            provider: self.config.provider.as_ref(),
            mandate,
            others: cleared.others(),
            signed_by: &signed_by,
            statement,
            zone: &Zone::told_in(&self.law, country, self.config.zone.clone()),
        };
        let texts = Texts::new(&self.law).map_err(|e| AgentError::Config {
            file: "law packs".into(),
            why: e.to_string(),
        })?;
        let phrases = texts.phrases(Language::of_country(country));
        Ok(package_summary(&summary, &phrases).to_text(SUMMARY_WIDTH, Style::Plain))
    }

    /// Searches each source once, for all orders that it serves. What is told keeps the order of
    /// the mandate.
    pub(crate) fn search(
        &self,
        stem: &Stem,
        cleared: &Cleared,
        began_at: Timestamp,
        spool: &mut Spool,
        watch: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Vec<Search>, AgentError> {
        for category in &cleared.mandate().categories {
            let mut sources = self.sources.iter();
            if !sources.any(|source| source.about().categories.contains(category)) {
                return Err(AgentError::NotServed(*category));
            }
        }
        let known = self
            .accounts()?
            .known(&self.config, cleared.mandate().identifiers.iter())?;
        let scratch = Scratch::new(&self.work_of(&cleared.mandate().nonce.to_string()));
        let run = Run {
            now: began_at,
            cancelled: &self.cancelled,
            scratch: &scratch,
            accounts: &known,
        };
        let mut searches = Vec::new();
        for (number, source) in (1..).zip(&self.sources) {
            let about = source.about();
            let ordered = cleared.orders_of(&about.categories);
            let (orders, others) = ordered.split(|order| about.lies_in.serves(order));
            searches.extend(others.iter().map(|order| Search {
                identifier: order.identifier().clone(),
                category: order.category(),
                source: about.id.clone(),
                date_rule: source.date_rule(order.category()),
                limited: limited(about, &order),
                outcome: SearchOutcome::NotSearched,
            }));
            if orders.is_empty() {
                continue;
            }
            run.go_on(&about.id)?;
            watch(Progress::Searching {
                mandate: stem,
                source: &about.id,
                orders: orders.len(),
                place: (number, self.sources.len() as u32),
            });
            let mut sink = spool.sink(&orders, &about.lies_in, about.date_rule);
            let results = source.search(&orders, run, &mut sink)?;
            for ((order, result), taken) in orders.iter().zip(results).zip(sink.taken()) {
                self.accounts()?
                    .agrees(&self.config, &about.id, order.identifier(), &result)?;
                let limited = limited(about, &order);
                let may_leave = |field: &String| {
                    let limits = limited.as_ref();
                    limits.is_none_or(|limits| limits.fields.contains_key(field))
                };
                let outcome = match result {
                    SearchResult::UnknownAccount => SearchOutcome::UnknownAccount,
                    SearchResult::Alias { .. } => SearchOutcome::AliasNotFollowed,
                    SearchResult::NotServed { why } => {
                        return Err(AgentError::Config {
                            file: "agent.toml".into(),
                            why: format!("source {}: {why}", about.id),
                        });
                    }
                    SearchResult::Searched(counts) => SearchOutcome::Searched {
                        produced: taken.produced,
                        repeated: counts.repeated,
                        for_review: taken.for_review,
                        unreadable: counts.unreadable,
                        removed: counts.removed,
                        covers: counts.covers,
                        gaps: counts.gaps,
                        absent: counts.absent.into_iter().filter(may_leave).collect(),
                    },
                };
                searches.push(Search {
                    identifier: order.identifier().clone(),
                    category: order.category(),
                    source: about.id.clone(),
                    date_rule: source.date_rule(order.category()),
                    limited,
                    outcome,
                });
            }
        }
        searches.extend(self.search_vault(stem, cleared, run, spool, watch)?);
        let place = |search: &Search| {
            cleared.orders().position(|order| {
                *order.identifier() == search.identifier && order.category() == search.category
            })
        };
        searches.sort_by_cached_key(place);
        Ok(searches)
    }

    /// Puts the review list, the sealed copies of what it lists, and the trace where they stay in the
    /// region. Gives how many things the list has.
    fn keep_lists(&self, mandate: &Mandate, work: &Path) -> Result<u64, AgentError> {
        let list = work.join("review.jsonl");
        let listed = lines_of(&list).map_err(FileError::of("read", &list))?;
        let name = list_name(&mandate.case, &mandate.nonce);
        for (kept, from, ending) in [
            ("review", WITHHELD, WITHHELD),
            ("review", "review.jsonl", "jsonl"),
            ("trace", "trace.jsonl", "jsonl"),
        ] {
            let from = work.join(from);
            let to = self.config.state.join(kept);
            // Most mandates withhold nothing: of them no list stays.
            if from.metadata().is_ok_and(|about| about.len() > 0) {
                move_into_place(&from, &to.join(format!("{name}.{ending}")))?;
            }
        }
        Ok(listed)
    }

    /// Sends the sealed package and the receipt, and keeps the package until the desk has it. Can be
    /// cut off anywhere and be done again. Nothing leaves of the mandates in `unread`, of which a recall lay there that
    /// could not be read when recalls were last heard; who sealed just now heard them just before.
    ///
    /// In the release model: `SendPackage`, `HandOutLeft`.
    pub(crate) fn hand_out(&self, carried: &Carried, unread: &[Stem]) -> Result<(), AgentError> {
        let sealed = self.sealed_of(&carried.nonce);
        if self.desk.is_acknowledged(&carried.stem)? {
            lagrum_durable::remove(&sealed)?;
            self.ledger.acknowledged(&carried.nonce)?;
            return Ok(self.desk.forget(&carried.stem)?);
        }
        if carried.handed_out && self.desk.is_answered(&carried.stem)? {
            return Ok(());
        }
        // What was handed out may be with the desk; what is lost here and on the wire leaves no more.
        let lost = carried.handed_out && is_lost(carried, &sealed)?;
        let leaves_no_more = !carried.handed_out || lost;
        if leaves_no_more && self.ledger.is_recalled(&carried.mandate)? {
            lagrum_durable::remove(&sealed)?;
            self.ledger.stopped(&carried.nonce)?;
            return Err(match carried.handed_out {
                true => AgentError::RecalledLost,
                false => AgentError::Recalled,
            });
        }
        // Whether it may still leave, nobody knows. What was handed out once has left.
        if !carried.handed_out && unread.contains(&carried.stem) {
            return Err(AgentError::RecallUnread);
        }
        // What the wire lost before the desk had it is sent again. It may be the same file as the one that was handed out, and
        // what others did to that was done to it.
        if carried.has_package() {
            if lost && sealed.exists() {
                return Err(TransportError::PackageLost(carried.stem.clone()).into());
            }
            self.desk.send_package(&carried.stem, &sealed)?;
        }
        self.desk.send_receipt(&carried.stem, &carried.receipt)?;
        Ok(self.ledger.handed_out(&carried.nonce)?)
    }

    /// Where a sealed package is kept until the desk has it.
    fn sealed_of(&self, nonce: &Nonce) -> PathBuf {
        self.config
            .state
            .join("sealed")
            .join(format!("{nonce}.tar.age"))
    }

    /// Removes all plaintext, and what was sealed by a run that was cut off before its mandate was
    /// spent: no mandate is worked on now, and this agent alone holds the lock.
    pub(crate) fn remove_left_work(&self) -> Result<(), AgentError> {
        self.remove_plaintext()?;
        for left in entries(&self.config.state.join("sealed"))? {
            let name = left.file_name().and_then(|name| name.to_str());
            let nonce = name.and_then(|name| name.split('.').next());
            let nonce = nonce.and_then(|nonce| Nonce::try_from(nonce.to_owned()).ok());
            let spent = match nonce {
                Some(nonce) => {
                    self.ledger.find(&nonce)?.is_some() && !self.ledger.is_stopped(&nonce)?
                }
                None => false,
            };
            if !spent {
                lagrum_durable::remove(&left)?;
            }
        }
        self.remove_left_copies()?;
        self.remove_left_passphrases()
    }

    /// Removes all plaintext.
    fn remove_plaintext(&self) -> Result<(), AgentError> {
        for left in entries(&self.config.state.join("work"))? {
            fs::remove_dir_all(&left).map_err(FileError::of("remove", &left))?;
        }
        Ok(())
    }

    pub(crate) fn work_of(&self, nonce: &str) -> PathBuf {
        self.config.state.join("work").join(nonce)
    }
}

/// Whether a package is no longer here as it was sealed.
fn is_lost(carried: &Carried, sealed: &Path) -> Result<bool, AgentError> {
    if !carried.has_package() {
        return Ok(false);
    }
    if !sealed.exists() {
        return Ok(true);
    }
    let (sha256, _) = digest_of_file(sealed).map_err(ProductionError::from)?;
    Ok(sha256 != carried.sha256)
}

/// To what a search is limited, where less than the category is ordered.
pub(crate) fn limited(about: &About, order: &Order<'_>) -> Option<Limited> {
    let to = order.sub_categories();
    if to.is_empty() {
        return None;
    }
    let (fields, unsaid) = about.lies_in.divided(order);
    let covered = |one: &&SubCategory| order.covers(Some(**one));
    let things = about.lies_in.things.iter().filter(covered);
    Some(Limited {
        to,
        things: things.copied().collect(),
        fields,
        unsaid,
    })
}

/// What lies in a directory of the agent's own.
pub(crate) fn entries(directory: &Path) -> Result<Vec<PathBuf>, FileError> {
    let fault = |error| FileError::new("list", directory, error);
    let entries = fs::read_dir(directory).map_err(fault)?;
    entries
        .map(|entry| Ok(entry.map_err(fault)?.path()))
        .collect()
}

/// How many lines a file has, however long they are.
fn lines_of(file: &Path) -> io::Result<u64> {
    let mut file = lagrum_durable::open_plain(file).map_err(|error| error.source)?;
    let (mut piece, mut count) = ([0; 4096], 0);
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(count),
            read => count += piece[..read].iter().filter(|byte| **byte == b'\n').count() as u64,
        }
    }
}
