use std::str::FromStr;

use cedar_policy::{Effect, Policy, PolicyId, PolicySet, Schema, ValidationMode, Validator};
use jiff::civil::Date;
use lagrum_law::LawPacks;

use crate::{Property, ProveError};

/// The invariants that are always proved, whatever a folder of law packs says.
const PROMISE: (&str, &str) = (
    "invariants/promise.cedar",
    include_str!("../../../law/invariants/promise.cedar"),
);

/// Something that no law may permit, for any request.
///
/// Written as a Cedar rule that forbids: what it forbids, no combination of rules may produce.
#[derive(Clone, Debug)]
pub struct Invariant {
    /// Its name (`@id`).
    pub id: String,
    /// The provision or promise that it rests on (`@cite`).
    pub cite: String,
    /// What it means, in one plain sentence (`@says`).
    pub says: String,
    /// The packs without which it does not hold (`@rests_on`, separated by commas): each other pack
    /// is judged together with them. `each permit`: of each permitting rule by itself.
    pub rests_on: Vec<String>,
    pub(crate) policy: Policy,
    from: Option<Date>,
    until: Option<Date>,
}

impl Invariant {
    /// The promise's invariants and those of the packs that are not among them.
    pub(crate) fn all(packs: &LawPacks) -> Result<Vec<Self>, ProveError> {
        let mut all = Self::read(PROMISE.0, PROMISE.1, packs.schema())?;
        for (path, text) in packs.invariants() {
            for mut invariant in Self::read(path, text, packs.schema())? {
                if let Some(ours) = all.iter().find(|one| one.id == invariant.id) {
                    if ours.policy.to_string() == invariant.policy.to_string() {
                        continue;
                    }
                    // A folder may add to what is proved and take nothing away.
                    invariant.id.push_str(" (as the folder has it)");
                }
                all.push(invariant);
            }
        }
        Ok(all)
    }

    /// Whether it is proved of each permitting rule by itself, without the rules that forbid
    /// (`@rests_on("each permit")`).
    pub(crate) fn is_of_each_permit(&self) -> bool {
        self.rests_on == ["each permit"]
    }

    pub(crate) fn property(&self) -> Property {
        Property {
            id: self.id.clone(),
            says: self.says.clone(),
            cite: self.cite.clone(),
        }
    }

    pub(crate) fn in_force(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }

    fn read(path: &str, text: &str, schema: &Schema) -> Result<Vec<Self>, ProveError> {
        let fault = |invariant: &str, why: String| ProveError::Invariant {
            path: path.to_owned(),
            invariant: invariant.to_owned(),
            why,
        };
        let set = PolicySet::from_str(text).map_err(|e| fault("(all)", e.to_string()))?;
        let validated = Validator::new(schema.clone()).validate(&set, ValidationMode::Strict);
        if let Some(error) = validated.validation_errors().next() {
            return Err(fault(error.policy_id().as_ref(), error.to_string()));
        }
        let mut all = Vec::new();
        for policy in set.policies() {
            let name = policy
                .annotation("id")
                .map_or_else(|| policy.id().to_string(), str::to_owned);
            all.push(Self::read_one(policy).map_err(|why| fault(&name, why))?);
        }
        all.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(all)
    }

    fn read_one(policy: &Policy) -> Result<Self, String> {
        const KNOWN: [&str; 6] = ["id", "cite", "says", "rests_on", "from", "until"];
        if let Some((unknown, _)) = policy.annotations().find(|(key, _)| !KNOWN.contains(key)) {
            return Err(format!(
                "`@{unknown}` is not known: write one of @{}",
                KNOWN.join(", @")
            ));
        }
        if policy.effect() != Effect::Forbid {
            return Err("write `forbid`: an invariant says what must never be produced".into());
        }
        let required = |key: &str| {
            policy
                .annotation(key)
                .filter(|text| !text.trim().is_empty())
                .map(str::to_owned)
                .ok_or_else(|| format!("`@{key}` is missing: write it"))
        };
        let day = |key: &str| {
            policy
                .annotation(key)
                .map(|text| {
                    text.parse::<Date>()
                        .map_err(|_| format!("`@{key}` is `{text}`: write YYYY-MM-DD"))
                })
                .transpose()
        };
        let id = required("id")?;
        Ok(Self {
            cite: required("cite")?,
            says: required("says")?,
            rests_on: required("rests_on")?
                .split(',')
                .map(|pack| pack.trim().to_owned())
                .collect(),
            policy: policy.new_id(PolicyId::new(&id)),
            from: day("from")?,
            until: day("until")?,
            id,
        })
    }
}
