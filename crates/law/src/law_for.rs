use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap};

use cedar_policy::{Authorizer, Decision, Entities, PolicySet, Request};
use lagrum_model::{
    AskedPeriod, Basis, Disposition, Effect, Finding, Holding, SubCategory, Within, receipt,
};

use crate::law::{InPieces, failed};
use crate::question::{OfPart, around, request, with_holding};
use crate::rule::Bound;
use crate::slice::{Fact, Seen};
use crate::{Law, LawError, Question, Rule};

/// The law of one day for one demand, ready to be applied to any number of holdings.
///
/// What is the same for every holding is done once: the facts of the demand are put into the words
/// of the rules, and the rules whose conditions on the demand alone do not hold are left out; for each part
/// those whose conditions on its period do not hold are left out as well. Of the others only the
/// other conditions are judged, each once for all holdings that are alike in what it reads. What is
/// found is what [`Law::find`] finds.
#[derive(Debug)]
pub struct LawFor<'a> {
    law: &'a Law,
    basis: &'a Basis,
    /// The authority, and the countries that the demand names.
    around: Entities,
    /// The rules that can apply, by name.
    kept: Vec<Kept<'a>>,
}

/// A rule whose conditions on the demand hold.
#[derive(Clone, Copy, Debug)]
struct Kept<'a> {
    rule: &'a Rule,
    pieces: &'a InPieces,
    /// A piece of it failed. Then the rule may or may not fail as a whole: it is judged whole, so
    /// that it does.
    whole: bool,
}

impl Law {
    /// The law for one demand, to be applied to many holdings: finds the same as [`Law::find`],
    /// faster.
    ///
    /// # Errors
    /// [`LawError::Question`] if the facts of the demand cannot be put before the rules.
    pub fn for_basis<'a>(&'a self, basis: &'a Basis) -> Result<LawFor<'a>, LawError> {
        LawFor::new(self, basis)
    }
}

/// Whether the one rule of a set applies; none if it fails.
fn holds(rule: &PolicySet, request: &Request, entities: &Entities) -> Option<bool> {
    let response = Authorizer::new().is_authorized(request, rule, entities);
    let fails = response.diagnostics().errors().next().is_some();
    (!fails).then(|| response.decision() == Decision::Allow)
}

/// Whether pieces hold together, judged one after the other until one does not; none if one fails.
fn together(
    pieces: &[usize],
    mut holds: impl FnMut(usize) -> Result<Option<bool>, LawError>,
) -> Result<Option<bool>, LawError> {
    for &piece in pieces {
        match holds(piece)? {
            Some(true) => {}
            other => return Ok(other),
        }
    }
    Ok(Some(true))
}

impl<'a> LawFor<'a> {
    pub(crate) fn new(law: &'a Law, basis: &'a Basis) -> Result<Self, LawError> {
        let any_part = OfPart {
            named: true,
            period: None,
        };
        let of_demand = request(basis, any_part, &law.words, law.as_of)?;
        // The conditions judged here speak of no holding, so none is there.
        let around = around(basis, &law.words, &law.countries)?;
        let sliced = law.sliced()?;
        let mut known = vec![None; sliced.pieces.len()];
        let mut kept = Vec::new();
        for (id, pieces) in &sliced.rules {
            let found = together(&pieces.demand, |piece| {
                let judge = || holds(&sliced.pieces[piece].policies, &of_demand, &around);
                Ok(*known[piece].get_or_insert_with(judge))
            })?;
            if found != Some(false) {
                let (rule, whole) = (law.rule(id)?, found.is_none());
                kept.push(Kept {
                    rule,
                    pieces,
                    whole,
                });
            }
        }
        Ok(Self {
            law,
            basis,
            around,
            kept,
        })
    }

    /// The law for one part of the demand; `named` and `period` as in [`Question`].
    ///
    /// # Errors
    /// [`LawError::Question`] if the facts of the part cannot be put before the rules.
    pub fn part(
        &self,
        named: bool,
        period: Option<AskedPeriod>,
    ) -> Result<LawForPart<'_>, LawError> {
        let asked = OfPart { named, period };
        let cut = match self.cut(period) {
            Some(left) => {
                let period = Some(left);
                Some((left, self.asked(OfPart { named, period })?))
            }
            None => None,
        };
        let whole = self.asked(asked)?;
        let both = [Some(&whole), cut.as_ref().map(|(_, asked)| asked)];
        let kept = both.into_iter().flatten().flat_map(|asked| &asked.kept);
        let apart = kept.filter(|left| left.rule.tells_apart());
        let told_apart = apart.flat_map(|left| left.rule.names()).collect();
        Ok(LawForPart {
            of: self,
            asked,
            alike: Known::default(),
            whole,
            cut,
            told_apart,
        })
    }

    /// The rules that can apply to what is asked for so.
    fn asked(&self, asked: OfPart) -> Result<Asked<'_>, LawError> {
        let law = self.law;
        let request = request(self.basis, asked, &law.words, law.as_of)?;
        let sliced = law.sliced()?;
        let mut known = HashMap::new();
        let mut left = Vec::new();
        for kept in &self.kept {
            let found = together(&kept.pieces.asked, |piece| {
                let judge = || holds(&sliced.pieces[piece].policies, &request, &self.around);
                Ok(*known.entry(piece).or_insert_with(judge))
            })?;
            if kept.whole || found != Some(false) {
                let whole = kept.whole || found.is_none();
                left.push(Kept { whole, ..*kept });
            }
        }
        Ok(Asked {
            request,
            kept: left,
            known: Known::default(),
        })
    }

    /// What is left of a period that reaches beyond the receipt of the demand, if anything is.
    fn cut(&self, period: Option<AskedPeriod>) -> Option<AskedPeriod> {
        let received_at = receipt(self.basis.received_at?);
        let asked = period.unwrap_or_default();
        if asked.until().is_some_and(|until| until <= received_at) {
            return None;
        }
        AskedPeriod::new(asked.from(), Some(received_at)).ok()
    }
}

/// What was judged of holdings: of a piece, for those that are alike in what it reads.
type Known = RefCell<HashMap<(usize, Vec<Seen>), Option<bool>>>;

/// The rules that can apply to one way of asking.
#[derive(Debug)]
struct Asked<'a> {
    request: Request,
    kept: Vec<Kept<'a>>,
    /// What was judged for just this way.
    known: Known,
}

/// The law of one day for one part of a demand.
#[derive(Debug)]
pub struct LawForPart<'a> {
    of: &'a LawFor<'a>,
    asked: OfPart,
    /// What was judged whatever the period.
    alike: Known,
    whole: Asked<'a>,
    /// The period up to the receipt of the demand, where that is less than what is asked for.
    cut: Option<(AskedPeriod, Asked<'a>)>,
    /// The boxes that some rule names. The others are all alike.
    told_apart: BTreeSet<SubCategory>,
}

/// Some boxes of a holding, as the rules see them.
struct Held<'h> {
    holding: &'h Holding,
    asked: &'h [SubCategory],
    /// It and what it names, once something is judged.
    entities: OnceCell<Entities>,
}

impl LawForPart<'_> {
    /// Applies the law to one holding, for the period and the boxes below its category exactly as they are
    /// asked for; `ticked` as in [`Question::sub_categories`].
    ///
    /// # Errors
    /// As [`Law::find`].
    pub fn find(&self, holding: &Holding, ticked: &[SubCategory]) -> Result<Finding, LawError> {
        let asked = SubCategory::asked(ticked, holding.category);
        let (permits, forbids) = self.applying(&self.whole, &Held::new(holding, &asked))?;
        Ok(self.conclude(holding, self.asked.period, permits, forbids))
    }

    /// Applies the law to one holding. Where rules only forbid that the period reaches beyond the
    /// receipt of the demand, the finding is the one for what lies before; where the law covers some of
    /// the boxes below the category and not all that are asked for, it is the one for those that it
    /// covers. Either is said in [`Finding::within`].
    ///
    /// # Errors
    /// As [`Law::find`].
    pub fn reach(&self, holding: &Holding, ticked: &[SubCategory]) -> Result<Finding, LawError> {
        let asked = SubCategory::asked(ticked, holding.category);
        let found = self.in_time(holding, &asked)?;
        if found.disposition.is_granted() || asked.len() < 2 || self.told_apart.is_empty() {
            return Ok(found);
        }
        let mut covered = Vec::new();
        // What no rule names stands or falls together.
        let mut others = None;
        for one in asked {
            let known = others.filter(|_| !self.told_apart.contains(&one));
            let granted = match known {
                Some(granted) => granted,
                None => self.in_time(holding, &[one])?.disposition.is_granted(),
            };
            if !self.told_apart.contains(&one) {
                others = Some(granted);
            }
            if granted {
                covered.push(one);
            }
        }
        let covered = SubCategory::to_tick(&covered);
        if covered.is_empty() {
            return Ok(found);
        }
        // What each is allowed alone, all are to be allowed together.
        let together = SubCategory::asked(&covered, holding.category);
        let mut finding = self.in_time(holding, &together)?;
        if !finding.disposition.is_granted() {
            return Ok(found);
        }
        if finding.disposition == Disposition::Produce {
            finding.disposition = Disposition::Narrow;
            finding.instead = found.instead.clone();
        }
        let cut = finding.within.take();
        // Where nothing permits more, what permits this reaches no further.
        let stopped = match found.decided_by.is_empty() {
            true => &finding.decided_by,
            false => &found.decided_by,
        };
        let mut by = stopped.clone();
        by.extend(cut.iter().flat_map(|within| within.by.clone()));
        finding.within = Some(Within {
            open: cut.as_ref().is_some_and(|within| within.open),
            period: cut.and_then(|within| within.period),
            sub_categories: covered,
            by,
        });
        Ok(finding)
    }

    /// The finding for exactly these boxes, and for what lies before the receipt of the demand where rules
    /// only forbid that the period reaches beyond it.
    fn in_time(&self, holding: &Holding, asked: &[SubCategory]) -> Result<Finding, LawError> {
        let held = Held::new(holding, asked);
        let (permits, forbids) = self.applying(&self.whole, &held)?;
        let cutting = |rule: &&&Rule| rule.within == Some(Bound::Receipt);
        let Some((period, asked)) = self
            .cut
            .as_ref()
            .filter(|_| forbids.iter().any(|rule| cutting(&rule)))
        else {
            return Ok(self.conclude(holding, self.asked.period, permits, forbids));
        };
        let by: Vec<_> = forbids.iter().filter(cutting).collect();
        let citations = by.iter().map(|rule| rule.citation()).collect();
        let (permits, forbids) = self.applying(asked, &held)?;
        let mut finding = self.conclude(holding, Some(*period), permits, forbids);
        finding.within = Some(Within {
            period: Some(*period),
            open: self
                .asked
                .period
                .is_none_or(|asked| asked.until().is_none()),
            sub_categories: Vec::new(),
            by: citations,
        });
        Ok(finding)
    }

    fn conclude(
        &self,
        holding: &Holding,
        period: Option<AskedPeriod>,
        permits: Vec<&Rule>,
        forbids: Vec<&Rule>,
    ) -> Finding {
        let question = Question {
            basis: self.of.basis,
            holding,
            named: self.asked.named,
            period,
            // What follows from the rules that apply does not depend on them.
            sub_categories: &[],
        };
        self.of.law.conclude(&question, permits, forbids)
    }

    /// The rules that permit and those that forbid, each by name.
    fn applying<'a>(
        &self,
        asked: &'a Asked<'_>,
        held: &Held<'_>,
    ) -> Result<(Vec<&'a Rule>, Vec<&'a Rule>), LawError> {
        let (mut permits, mut forbids) = (Vec::new(), Vec::new());
        for kept in &asked.kept {
            if self.applies(kept, asked, held)? {
                match kept.rule.effect {
                    Effect::Permit => permits.push(kept.rule),
                    Effect::Forbid => forbids.push(kept.rule),
                }
            }
        }
        Ok((permits, forbids))
    }

    /// Whether a rule applies whose conditions on the demand and on the part hold.
    fn applies(
        &self,
        kept: &Kept<'_>,
        asked: &Asked<'_>,
        held: &Held<'_>,
    ) -> Result<bool, LawError> {
        let found = match kept.whole {
            true => None,
            false => together(&kept.pieces.holding, |piece| self.holds(piece, asked, held))?,
        };
        if let Some(found) = found {
            return Ok(found);
        }
        // Whether it fails as a whole, only the whole tells.
        let (whole, entities) = (&kept.pieces.parts.whole, self.entities(held)?);
        let response = Authorizer::new().is_authorized(&asked.request, whole, entities);
        match response.diagnostics().errors().next() {
            Some(error) => Err(failed(error)),
            None => Ok(response.decision() == Decision::Allow),
        }
    }

    /// Whether a piece holds of a holding; none if it fails.
    fn holds(
        &self,
        number: usize,
        asked: &Asked<'_>,
        held: &Held<'_>,
    ) -> Result<Option<bool>, LawError> {
        let piece = &self.of.law.sliced()?.pieces[number];
        let judge = || Ok(holds(&piece.policies, &asked.request, self.entities(held)?));
        let Some(reads) = &piece.reads else {
            return judge();
        };
        let of = |fact: &Fact| fact.of(held.holding, held.asked);
        let seen = (number, reads.iter().map(of).collect());
        let known = if piece.asked {
            &asked.known
        } else {
            &self.alike
        };
        let before = known.borrow().get(&seen).copied();
        match before {
            Some(found) => Ok(found),
            None => Ok(*known.borrow_mut().entry(seen).or_insert(judge()?)),
        }
    }

    /// The holding and what it names, beside what the demand names.
    fn entities<'h>(&self, held: &'h Held<'_>) -> Result<&'h Entities, LawError> {
        if let Some(entities) = held.entities.get() {
            return Ok(entities);
        }
        let LawFor { law, around, .. } = self.of;
        let (holding, boxes) = (held.holding, held.asked);
        let made = with_holding(around, holding, boxes, &law.words, &law.countries)?;
        Ok(held.entities.get_or_init(|| made))
    }
}

impl<'h> Held<'h> {
    fn new(holding: &'h Holding, asked: &'h [SubCategory]) -> Self {
        Self {
            holding,
            asked,
            entities: OnceCell::new(),
        }
    }
}

#[cfg(test)]
mod tests;
