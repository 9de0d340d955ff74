//! What an agent says of a report: that it counts what was carried out here.

use lagrum_cards::{NotCounted, Opening};
use lagrum_figures::{Class, FiguresError, ReportFiles, check};
use lagrum_log::LogReader;
use lagrum_mandate::answer::{ReportSeen, SignedAnswer};
use lagrum_model::{CaseId, Sha256Digest};
use rand_core::CryptoRngCore;

use crate::ledger::CardOf;
use crate::{Agent, AgentError};

impl Agent {
    /// Holds a report against the public log and against what this agent remembers: each card that a mandate named here
    /// lies in it, and a case of which something was handed over is counted as produced, with an account at least, or as
    /// not answered yet. Gives that, signed; an agent that did nothing signs too.
    ///
    /// # Errors
    /// What is not so: then it signs nothing.
    pub fn report(
        &self,
        files: &ReportFiles,
        random: &mut dyn CryptoRngCore,
    ) -> Result<String, AgentError> {
        self.renew_log()?;
        let reader = LogReader::believing(self.config.log_directory(), &self.log);
        let checked = check(files, &reader, random)?;
        let (first, last) = checked.cards.0;
        let wrong = |why: String| AgentError::Report(FiguresError::Report(why));
        for CardOf {
            case,
            opening,
            asked,
            missing,
            ..
        } in self.ledger.cards_between(first, last)?
        {
            // A card that did not come where the log promised it counts nothing, if its case has another one.
            if missing && self.has_another_card(&case, &opening)? {
                continue;
            }
            let counted = checked.verified.counted(&opening).map_err(|why| {
                let why = match why {
                    NotCounted::Hidden => "it does not count what its mandate said".to_owned(),
                    other => other.to_string(),
                };
                wrong(format!("the card of case {case}: {why}"))
            })?;
            let class = counted.class.and_then(|class| files.book.class(class));
            let is_so = match class {
                None => false,
                Some(Class::Pending) => true,
                Some(class) => {
                    let is_of =
                        |(country, kind): &(String, String)| files.book.is_of(class, country, kind);
                    let produced = class.is_produced() || *class == Class::Other;
                    let accounts = counted.amounts.first().copied().unwrap_or_default();
                    let fits = accounts > 0 && produced && asked.as_ref().is_none_or(is_of);
                    fits || !self.ledger.handed_over_of(&case)?
                }
            };
            if !is_so {
                return Err(wrong(format!(
                    "it counts case {case} otherwise than this agent carried it out"
                )));
            }
        }
        let seen = ReportSeen {
            region: self.config.region.clone(),
            period: checked.period,
            report: Sha256Digest(checked.verified.digest()),
        };
        Ok(seen.sign(&self.key)?)
    }

    /// Whether a case has a card besides this one, in its place or to come.
    fn has_another_card(&self, case: &CaseId, opening: &Opening) -> Result<bool, AgentError> {
        let mut cards = self.ledger.cards_of(case, opening)?.into_iter();
        Ok(cards.any(|one| one.case == *case && !one.missing && one.opening != *opening))
    }
}
