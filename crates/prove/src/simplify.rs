//! Makes a counterexample plain: the solver chooses any facts that break an invariant, and most of
//! them have nothing to do with it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use lagrum_law::Question;
use lagrum_model::{AskedPeriod, Basis, Holding, SubCategory};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A request in the words of the model.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asked {
    pub(crate) basis: Basis,
    pub(crate) holding: Holding,
    pub(crate) named: bool,
    pub(crate) period: Option<AskedPeriod>,
    /// The boxes that are ticked. None: all of the category.
    pub(crate) sub_categories: Vec<SubCategory>,
}

impl Asked {
    pub(crate) fn question(&self) -> Question<'_> {
        Question {
            basis: &self.basis,
            holding: &self.holding,
            named: self.named,
            period: self.period,
            sub_categories: &self.sub_categories,
        }
    }
}

/// The times of a plain demand.
pub(crate) struct Plain {
    pub(crate) issued_on: Date,
    pub(crate) received_at: Option<Timestamp>,
    pub(crate) period: Option<AskedPeriod>,
}

impl Plain {
    /// As seen on `day`.
    pub(crate) fn on(day: Date) -> Self {
        let back = |days: i32| day.checked_sub(days.days()).unwrap_or(day);
        let at = |days| {
            let zoned = back(days).to_zoned_datetime(TimeZone::UTC);
            zoned.map(|zoned| zoned.timestamp()).ok()
        };
        Self {
            issued_on: back(5),
            received_at: at(1),
            period: AskedPeriod::new(at(60), at(30)).ok(),
        }
    }
}

/// The plainest request that `breaks` still, as far as changing one fact at a time leads.
pub(crate) fn simplify(asked: Asked, plain: &Plain, breaks: impl Fn(&Asked) -> bool) -> Asked {
    let mut best = asked;
    loop {
        let before = best.clone();
        let mut attempt = |change: &dyn Fn(&mut Asked)| {
            let mut changed = best.clone();
            change(&mut changed);
            if breaks(&changed) {
                best = changed;
            }
        };
        attempt(&|asked| asked.named = true);
        attempt(&|asked| asked.sub_categories.clear());
        attempt(&|asked| asked.basis.authority.verified = true);
        attempt(&|asked| asked.basis.emergency_believed = false);
        attempt(&|asked| {
            asked.basis.emergency = false;
            asked.basis.emergency_believed = false;
        });
        attempt(&|asked| asked.basis.findings = Default::default());
        attempt(&|asked| asked.basis.since = Default::default());
        attempt(&|asked| asked.basis.clocks.clear());
        // A month that is over, asked for by something issued and received a few days ago.
        attempt(&|asked| asked.period = plain.period);
        attempt(&|asked| asked.basis.received_at = plain.received_at);
        attempt(&|asked| asked.basis.instrument.issued_on = plain.issued_on);
        attempt(&|asked| asked.basis.instrument.signed = true);
        attempt(&|asked| asked.basis.instrument.qualified_signature = false);
        attempt(&|asked| asked.basis.instrument.country = asked.basis.authority.country);
        attempt(&|asked| asked.basis.addressee_country = asked.basis.authority.country);
        attempt(&|asked| asked.holding.stored_in = asked.basis.authority.country);
        attempt(&|asked| asked.holding.stored_in = asked.basis.addressee_country);
        best.basis = without(best.basis.clone(), |basis| {
            breaks(&Asked {
                basis,
                ..best.clone()
            })
        });
        best.holding = without(best.holding.clone(), |holding| {
            breaks(&Asked {
                holding,
                ..best.clone()
            })
        });
        if before == best {
            return best;
        }
    }
}

/// Leaves out every fact that can be left out, and denies every fact that can be denied.
fn without<T: Clone + Serialize + DeserializeOwned>(facts: T, breaks: impl Fn(T) -> bool) -> T {
    let Ok(mut value) = serde_json::to_value(&facts) else {
        return facts;
    };
    let mut paths = Vec::new();
    leaves(&value, &mut Vec::new(), &mut paths);
    for path in paths {
        let last = path.last().map_or("", String::as_str);
        let mut changes = vec![None];
        match last {
            // Who is verified and what is signed is the plain case.
            "verified" | "signed" => {}
            "controller" => changes.push(Some(json!("consumer"))),
            _ => changes.push(Some(json!(false))),
        }
        for change in changes {
            let mut changed = value.clone();
            if !set(&mut changed, &path, change) || changed == value {
                continue;
            }
            if let Ok(facts) = serde_json::from_value::<T>(changed.clone())
                && breaks(facts)
            {
                value = changed;
                break;
            }
        }
    }
    serde_json::from_value(value).unwrap_or(facts)
}

/// The paths of all fields, the outer before the inner.
fn leaves(value: &Value, at: &mut Vec<String>, into: &mut Vec<Vec<String>>) {
    for (key, value) in value.as_object().into_iter().flatten() {
        at.push(key.clone());
        into.push(at.clone());
        leaves(value, at, into);
        at.pop();
    }
}

/// Sets or removes the field at `path`; false if there is none of the kind.
fn set(value: &mut Value, path: &[String], to: Option<Value>) -> bool {
    let Some((last, above)) = path.split_last() else {
        return false;
    };
    let mut at = value;
    for key in above {
        match at.get_mut(key) {
            Some(inner) => at = inner,
            None => return false,
        }
    }
    let Some(fields) = at.as_object_mut() else {
        return false;
    };
    match (fields.get(last), to) {
        (Some(_), None) => fields.remove(last).is_some(),
        (Some(Value::Bool(_)), Some(Value::Bool(to))) => {
            fields.insert(last.clone(), json!(to));
            true
        }
        (Some(Value::String(_)), Some(Value::String(to))) => {
            fields.insert(last.clone(), json!(to));
            true
        }
        _ => false,
    }
}
