use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use cedar_policy::{Authorizer, Entities, Policy, PolicyId, PolicySet, Request};
use lagrum_model::{
    AskedPeriod, Basis, Disposition, Effect, Finding, Holding, SubCategory, Within, receipt,
};

use crate::law::failed;
use crate::question::{OfPart, around, request, with_holding};
use crate::rule::Bound;
use crate::slice::Parts;
use crate::{Law, LawError, Question, Rule};

/// The law of one day for one demand, ready to be applied to any number of holdings.
///
/// What is the same for every holding is done once: the facts of the demand are put into the words
/// of the rules, and the rules whose conditions on the demand alone do not hold are left out; for each part
/// those whose conditions on its period do not hold are left out as well. Of the others only the
/// other conditions are judged. What is found is what [`Law::find`] finds.
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
    id: &'a PolicyId,
    rule: &'a Rule,
    parts: &'a Parts,
    /// A part of it failed. Then the rule may or may not fail as a whole: it is judged whole, so
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

/// Which of some rules apply, and which fail.
struct Judged {
    apply: BTreeSet<PolicyId>,
    fail: BTreeSet<PolicyId>,
}

fn judged(rules: &PolicySet, request: &Request, entities: &Entities) -> Judged {
    let response = Authorizer::new().is_authorized(request, rules, entities);
    let diagnostics = response.diagnostics();
    let failed = diagnostics.errors().map(|error| {
        let cedar_policy::AuthorizationError::PolicyEvaluationError(failed) = error;
        failed.policy_id().clone()
    });
    Judged {
        apply: diagnostics.reason().cloned().collect(),
        fail: failed.collect(),
    }
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
        let found = judged(&sliced.demand, &of_demand, &around);
        let kept = |(id, parts): (&'a PolicyId, &'a Arc<Parts>)| {
            let whole = found.fail.contains(id);
            if !whole && !found.apply.contains(id) {
                return None;
            }
            Some(law.rule(id).map(|rule| Kept {
                id,
                rule,
                parts,
                whole,
            }))
        };
        let kept = sliced.rules.iter().filter_map(kept);
        Ok(Self {
            law,
            basis,
            around,
            kept: kept.collect::<Result<_, _>>()?,
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
        // What depends on the holding alone is judged once for both periods.
        let mut alike = Rules::default();
        let mut added = BTreeSet::new();
        let mut told_apart = BTreeSet::new();
        let mut judges_boxes = false;
        let both = [Some(&whole), cut.as_ref().map(|(_, asked)| asked)];
        for kept in both.into_iter().flatten().flat_map(|asked| &asked.kept) {
            if kept.rule.tells_apart() {
                told_apart.extend(kept.rule.names());
                judges_boxes |= !matches!(kept.judge, Judge::Applies);
            }
            if let Judge::Alike(policy) = kept.judge
                && added.insert(kept.id)
            {
                alike.add(kept.rule, policy)?;
            }
        }
        Ok(LawForPart {
            of: self,
            asked,
            alike,
            whole,
            cut,
            told_apart,
            judges_boxes,
        })
    }

    /// The rules that can apply to what is asked for so.
    fn asked(&self, asked: OfPart) -> Result<Asked<'_>, LawError> {
        let law = self.law;
        let request = request(self.basis, asked, &law.words, law.as_of)?;
        let found = judged(&law.sliced()?.asked, &request, &self.around);
        let mut apart = Rules::default();
        let mut left = Vec::new();
        for kept in &self.kept {
            let Kept {
                id, rule, parts, ..
            } = *kept;
            let asks = parts.asked.is_some();
            let fails = kept.whole || asks && found.fail.contains(id);
            if asks && !fails && !found.apply.contains(id) {
                continue;
            }
            let judge = match &parts.holding {
                _ if fails => Judge::Apart(&parts.whole),
                None => Judge::Applies,
                Some(holding) if parts.mixed => Judge::Apart(holding),
                Some(holding) => Judge::Alike(holding),
            };
            if let Judge::Apart(policy) = judge {
                apart.add(rule, policy)?;
            }
            left.push(Left { id, rule, judge });
        }
        Ok(Asked {
            request,
            kept: left,
            apart,
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

fn add(rules: &mut PolicySet, rule: &Policy) -> Result<(), LawError> {
    rules
        .add(rule.clone())
        .map_err(|error| LawError::Evaluation {
            rule: rule.id().to_string(),
            why: error.to_string(),
        })
}

/// Rules that are judged in one go.
#[derive(Debug, Default)]
struct Rules {
    /// Those that see the category alone.
    any: PolicySet,
    /// Those that tell apart what lies below it.
    boxes: PolicySet,
}

impl Rules {
    fn add(&mut self, rule: &Rule, policy: &Policy) -> Result<(), LawError> {
        let rules = match rule.tells_apart() {
            true => &mut self.boxes,
            false => &mut self.any,
        };
        add(rules, policy)
    }
}

/// A rule whose conditions on the demand and on the part hold.
#[derive(Debug)]
struct Left<'a> {
    id: &'a PolicyId,
    rule: &'a Rule,
    judge: Judge<'a>,
}

/// What is left to judge of a rule.
#[derive(Clone, Copy, Debug)]
enum Judge<'a> {
    /// Nothing: it applies to every holding.
    Applies,
    /// Conditions on the holding, whatever the period.
    Alike(&'a Policy),
    /// Conditions that may be others for another period.
    Apart(&'a Policy),
}

/// The rules that can apply to one way of asking.
#[derive(Debug)]
struct Asked<'a> {
    request: Request,
    kept: Vec<Left<'a>>,
    /// Those that have to be judged for just this way.
    apart: Rules,
}

/// The law of one day for one part of a demand.
#[derive(Debug)]
pub struct LawForPart<'a> {
    of: &'a LawFor<'a>,
    asked: OfPart,
    /// The rules that are judged once, whatever the period.
    alike: Rules,
    whole: Asked<'a>,
    /// The period up to the receipt of the demand, where that is less than what is asked for.
    cut: Option<(AskedPeriod, Asked<'a>)>,
    /// The boxes that some rule names. The others are all alike.
    told_apart: BTreeSet<SubCategory>,
    /// Whether a rule that tells boxes apart is left to be judged, for either period.
    judges_boxes: bool,
}

/// One holding, with the rules that apply to it whatever lies below its category.
struct Held<'h> {
    holding: &'h Holding,
    alike: BTreeSet<PolicyId>,
    whole: BTreeSet<PolicyId>,
    /// For the period up to the receipt, once somebody asks.
    cut: OnceCell<BTreeSet<PolicyId>>,
    entities: Entities,
}

/// Some boxes of a holding, with the rules that apply to them whatever the period.
struct Boxes {
    entities: Entities,
    alike: BTreeSet<PolicyId>,
}

impl LawForPart<'_> {
    /// Applies the law to one holding, for the period and the boxes below its category exactly as they are
    /// asked for; `ticked` as in [`Question::sub_categories`].
    ///
    /// # Errors
    /// As [`Law::find`].
    pub fn find(&self, holding: &Holding, ticked: &[SubCategory]) -> Result<Finding, LawError> {
        let asked = SubCategory::asked(ticked, holding.category);
        let held = self.held(holding)?;
        let boxes = self.boxes(holding, &asked)?;
        let (permits, forbids) = self.applying(&self.whole, (&held, &held.whole), &boxes)?;
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
        let held = self.held(holding)?;
        let found = self.in_time(&held, &asked)?;
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
                None => self.in_time(&held, &[one])?.disposition.is_granted(),
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
        let mut finding = self.in_time(&held, &together)?;
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
    fn in_time(&self, held: &Held<'_>, asked: &[SubCategory]) -> Result<Finding, LawError> {
        let holding = held.holding;
        let boxes = self.boxes(holding, asked)?;
        let (permits, forbids) = self.applying(&self.whole, (held, &held.whole), &boxes)?;
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
        let apart = match held.cut.get() {
            Some(known) => known,
            None => {
                let found = self.apply(&asked.apart.any, &asked.request, &held.entities)?;
                held.cut.get_or_init(|| found)
            }
        };
        let (permits, forbids) = self.applying(asked, (held, apart), &boxes)?;
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

    fn entities(&self, holding: &Holding, asked: &[SubCategory]) -> Result<Entities, LawError> {
        let LawFor { law, around, .. } = self.of;
        with_holding(around, holding, asked, &law.words, &law.countries)
    }

    fn held<'h>(&self, holding: &'h Holding) -> Result<Held<'h>, LawError> {
        // The rules judged here ask for no box.
        let entities = self.entities(holding, &[])?;
        let request = &self.whole.request;
        Ok(Held {
            holding,
            alike: self.apply(&self.alike.any, request, &entities)?,
            whole: self.apply(&self.whole.apart.any, request, &entities)?,
            cut: OnceCell::new(),
            entities,
        })
    }

    fn boxes(&self, holding: &Holding, asked: &[SubCategory]) -> Result<Boxes, LawError> {
        let entities = match self.judges_boxes {
            true => self.entities(holding, asked)?,
            false => Entities::empty(),
        };
        let alike = self.apply(&self.alike.boxes, &self.whole.request, &entities)?;
        Ok(Boxes { entities, alike })
    }

    /// The rules that permit and those that forbid, each by name; of the holding those that are judged for
    /// just this way of asking.
    fn applying<'a>(
        &self,
        asked: &'a Asked<'_>,
        (held, apart): (&Held<'_>, &BTreeSet<PolicyId>),
        boxes: &Boxes,
    ) -> Result<(Vec<&'a Rule>, Vec<&'a Rule>), LawError> {
        let told = self.apply(&asked.apart.boxes, &asked.request, &boxes.entities)?;
        let applies = |left: &&Left<'_>| match left.judge {
            Judge::Applies => true,
            Judge::Alike(_) => held.alike.contains(left.id) || boxes.alike.contains(left.id),
            Judge::Apart(_) => apart.contains(left.id) || told.contains(left.id),
        };
        let rules = asked.kept.iter().filter(applies).map(|left| left.rule);
        Ok(rules.partition(|rule| rule.effect == Effect::Permit))
    }

    /// Those of the rules that apply; none may fail.
    fn apply(
        &self,
        rules: &PolicySet,
        request: &Request,
        entities: &Entities,
    ) -> Result<BTreeSet<PolicyId>, LawError> {
        if rules.is_empty() {
            return Ok(BTreeSet::new());
        }
        let response = Authorizer::new().is_authorized(request, rules, entities);
        if let Some(error) = response.diagnostics().errors().next() {
            return Err(failed(error));
        }
        Ok(response.diagnostics().reason().cloned().collect())
    }
}

#[cfg(test)]
mod tests;
