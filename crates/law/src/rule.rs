use cedar_policy::{ActionConstraint, EntityUid, Policy};
use jiff::civil::Date;
use lagrum_model::{Act, Citation, Disposition, Effect, FormReason, SubCategory};

use crate::condition::{Condition, Conditions};
use crate::confirmation::Confirmation;
use crate::facts::Span;
use crate::{LawError, Pack, PackKind};

/// What `@instead` may contain: replaced by the treaty channel that is open between the two
/// countries on the day.
pub(crate) const CHANNEL: &str = "{channel}";

/// One rule of a law pack, with what it says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name (`@id`), which begins with the pack's name.
    pub id: String,
    /// The pack that it stands in.
    pub pack: String,
    /// Whether that pack states law or the provider's own promise.
    pub kind: PackKind,
    /// Whether it permits or forbids.
    pub effect: Effect,
    /// What it speaks of: disclosure, preservation, or both.
    pub acts: Vec<Act>,
    /// The provision (`@cite`).
    pub cite: String,
    /// What it means, in one plain sentence (`@says`).
    pub says: String,
    /// How far the reading is verified, and who confirmed it (`@verified`).
    pub verified: String,
    /// The first day on which it holds (`@from`), if there is one.
    pub from: Option<Date>,
    /// The first day on which it holds no longer (`@until`), if there is one.
    pub until: Option<Date>,
    /// What to do instead of producing (`@route`): on every rule that forbids, on no other.
    pub route: Option<Route>,
    /// What the authority can do instead (`@instead`), `{channel}` not yet replaced: on every rule
    /// that forbids, on no other.
    pub instead: Option<String>,
    /// Through which State `{channel}` leads (`@channel`): the one where the data lies, if it says
    /// nothing.
    pub through: Through,
    /// Up to what it lets a period reach (`@within`): what lies before is not forbidden by it.
    pub within: Option<Bound>,
    /// Which reason of the form of Annex III to Regulation (EU) 2023/1543 it is (`@form`).
    pub form: Option<FormWord>,
    /// The rule as it is written, in Cedar.
    pub text: String,
}

/// Whose State a treaty channel leads to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Through {
    /// The State where the data lies.
    #[default]
    Storage,
    /// The State where the addressed company is established, whose authorities carry it out.
    Addressee,
    /// The State whose law stands against the disclosure.
    Conflict,
    /// The State for whose public authority the data is kept.
    PublicAuthority,
}

impl Through {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Storage,
        Self::Addressee,
        Self::Conflict,
        Self::PublicAuthority,
    ];

    /// The word of `@channel`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Storage => "storage",
            Self::Addressee => "addressee",
            Self::Conflict => "conflict",
            Self::PublicAuthority => "public-authority",
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        let words = Self::ALL.map(Self::as_str).join(", ");
        Self::ALL
            .into_iter()
            .find(|one| one.as_str() == text)
            .ok_or_else(|| format!("`@channel` is `{text}`: write one of {words}"))
    }
}

/// Where a rule that forbids cuts the period that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// At the instant at which the provider received the demand.
    Receipt,
}

impl Rule {
    /// Whether it tells apart what lies below one category, or only speaks of it.
    pub(crate) fn tells_apart(&self) -> bool {
        self.text.contains("includes")
    }

    /// The boxes that it names, and perhaps more: those of whom its sentences speak.
    pub(crate) fn names(&self) -> impl Iterator<Item = SubCategory> + '_ {
        SubCategory::ALL.iter().copied().filter(|one| {
            let name = one.as_str().replace('-', "_");
            self.text.contains(&name)
        })
    }
}

impl Bound {
    /// The word of `@within`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "receipt" => Ok(Self::Receipt),
            other => Err(format!("`@within` is `{other}`: write receipt")),
        }
    }
}

/// Which reason of the form of Annex III to Regulation (EU) 2023/1543 a rule that forbids is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FormWord {
    /// This one.
    Reason(FormReason),
    /// The objection that counsel found.
    AsFound,
    /// No form is sent: the authorities know already.
    None,
}

impl FormWord {
    /// The word of `@form`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reason(reason) => reason.as_str(),
            Self::AsFound => "as-found",
            Self::None => "none",
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        let all = FormReason::ALL.map(Self::Reason).into_iter();
        let all: Vec<_> = all.chain([Self::AsFound, Self::None]).collect();
        let words: Vec<_> = all.iter().map(|one| one.as_str()).collect();
        all.iter()
            .find(|one| one.as_str() == text)
            .copied()
            .ok_or_else(|| format!("`@form` is `{text}`: write one of {}", words.join(", ")))
    }
}

/// Where a rule that forbids sends a demand. The order is the order of strength: of several, the
/// greatest decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// Not yet: the duty is suspended, or something is still to be clarified.
    Wait,
    /// Ask the authority for what is missing or wrong.
    Ask,
    /// The instrument reaches less than it asks for.
    Narrow,
    /// Ask through mutual legal assistance or another agreed channel.
    RedirectToTreatyChannel,
    /// Two laws conflict: object before the court that issued it.
    Challenge,
    /// Ask the enterprise customer, who is the controller.
    RedirectToCustomer,
    /// Counsel answers, outside this system.
    ByHand,
    /// No.
    Reject,
    /// No, and nothing about the law is explained: whoever asks is not known to be an authority.
    RejectUnexplained,
}

impl Route {
    /// All routes, from the weakest to the strongest.
    pub const ALL: [Self; 9] = [
        Self::Wait,
        Self::Ask,
        Self::Narrow,
        Self::RedirectToTreatyChannel,
        Self::Challenge,
        Self::RedirectToCustomer,
        Self::ByHand,
        Self::Reject,
        Self::RejectUnexplained,
    ];

    /// The word of `@route`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RejectUnexplained => "reject-unexplained",
            other => other.disposition().as_str(),
        }
    }

    /// The disposition that it leads to.
    #[must_use]
    pub fn disposition(self) -> Disposition {
        match self {
            Self::Wait => Disposition::Wait,
            Self::Ask => Disposition::Ask,
            Self::ByHand => Disposition::ByHand,
            Self::Narrow => Disposition::Narrow,
            Self::RedirectToTreatyChannel => Disposition::RedirectToTreatyChannel,
            Self::Challenge => Disposition::Challenge,
            Self::RedirectToCustomer => Disposition::RedirectToCustomer,
            Self::Reject | Self::RejectUnexplained => Disposition::Reject,
        }
    }
}

impl Rule {
    /// Whether it holds on `date`.
    #[must_use]
    pub fn in_force(&self, date: Date) -> bool {
        Span {
            from: self.from,
            until: self.until,
        }
        .holds_on(date)
    }

    /// Whether its advice names a way through another State.
    pub(crate) fn names_a_channel(&self) -> bool {
        let names = |text: &String| text.contains(CHANNEL);
        self.instead.as_ref().is_some_and(names)
    }

    /// What the authority can do instead, in English, `channel` being the treaty channel.
    #[must_use]
    pub fn instead_through(&self, channel: &str) -> Option<String> {
        Some(self.instead.as_ref()?.replace(CHANNEL, channel))
    }

    /// The rule as a finding cites it.
    #[must_use]
    pub fn citation(&self) -> Citation {
        Citation {
            rule: self.id.clone(),
            effect: self.effect,
            cite: self.cite.clone(),
            says: self.says.clone(),
            verified: self.verified.clone(),
        }
    }

    /// Reads what a policy, the `number`-th of `path`, says of itself.
    pub(crate) fn read(
        policy: &Policy,
        pack: &Pack,
        path: &str,
        number: usize,
    ) -> Result<Self, LawError> {
        let name =
            annotation(policy, "id").map_or_else(|| format!("number {number}"), str::to_owned);
        Self::read_annotations(policy, pack).map_err(|why| LawError::Rule {
            path: path.to_owned(),
            rule: name,
            why,
        })
    }

    fn read_annotations(policy: &Policy, pack: &Pack) -> Result<Self, String> {
        const KNOWN: [&str; 11] = [
            "id", "cite", "says", "verified", "from", "until", "route", "instead", "within",
            "channel", "form",
        ];
        if let Some((unknown, _)) = policy.annotations().find(|(key, _)| !KNOWN.contains(key)) {
            return Err(format!(
                "`@{unknown}` is not known: write one of @{}",
                KNOWN.join(", @")
            ));
        }
        let optional = |key: &str| annotation(policy, key).filter(|text| !text.trim().is_empty());
        let required = |key: &str, what: &str| {
            optional(key)
                .map(str::to_owned)
                .ok_or_else(|| format!("`@{key}` is missing: {what}"))
        };
        let id = required(
            "id",
            "name the rule, beginning with the pack's name and a full stop",
        )?;
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c);
        if !id
            .strip_prefix(&pack.name)
            .is_some_and(|rest| rest.len() > 1 && rest.starts_with('.'))
            || !id.chars().all(allowed)
        {
            return Err(format!(
                "`@id` must begin with `{}.` and have only lower-case letters, digits, hyphens and full stops",
                pack.name
            ));
        }
        let verified = required(
            "verified",
            "say on what reading the rule rests, and who of counsel confirmed it",
        )?;
        weighed(&verified)
            .and_then(|()| Confirmation::of(&verified).map(|_| ()))
            .map_err(|why| format!("`@verified` {why}"))?;
        let effect = match policy.effect() {
            cedar_policy::Effect::Permit => Effect::Permit,
            cedar_policy::Effect::Forbid => Effect::Forbid,
        };
        let (route, instead) = match effect {
            Effect::Permit => {
                if pack.kind == PackKind::Policy {
                    return Err(
                        "a promise of the provider gives no legal basis: only `forbid` here".into(),
                    );
                }
                if ["route", "instead", "within", "form"]
                    .iter()
                    .any(|key| annotation(policy, key).is_some())
                {
                    return Err(
                        "`@route`, `@instead`, `@within` and `@form` belong to rules that forbid"
                            .into(),
                    );
                }
                (None, None)
            }
            Effect::Forbid => {
                let words = Route::ALL.map(Route::as_str).join(", ");
                let word = required(
                    "route",
                    &format!("a rule that forbids names one of {words}"),
                )?;
                let route = Route::ALL
                    .into_iter()
                    .find(|route| route.as_str() == word)
                    .ok_or_else(|| format!("`@route` is `{word}`: write one of {words}"))?;
                let instead = required(
                    "instead",
                    "tell the authority, in one sentence, what it can do",
                )?;
                if instead.replace(CHANNEL, "").contains(['{', '}']) {
                    return Err(format!("`@instead`: only `{CHANNEL}` may stand in braces"));
                }
                (Some(route), Some(instead))
            }
        };
        let through = annotation(policy, "channel").map(Through::parse);
        let through = through.transpose()?.unwrap_or_default();
        let leads = instead
            .as_ref()
            .is_some_and(|text: &String| text.contains(CHANNEL));
        if annotation(policy, "channel").is_some() && !leads {
            return Err(format!(
                "`@channel` belongs to an `@instead` with `{CHANNEL}`"
            ));
        }
        let within = annotation(policy, "within").map(Bound::parse).transpose()?;
        let form = annotation(policy, "form")
            .map(FormWord::parse)
            .transpose()?;
        let span = Span::parse(annotation(policy, "from"), annotation(policy, "until"))?;
        let text = policy.to_string();
        Ok(Self {
            id,
            pack: pack.name.clone(),
            kind: pack.kind,
            effect,
            acts: acts(policy)?,
            cite: required("cite", "name the provision")?,
            says: required("says", "say in one plain sentence what it means")?,
            verified,
            from: span.from,
            until: span.until,
            route,
            instead,
            through,
            within,
            form,
            text,
        })
    }

    /// When it applies, read out of the rule itself. Only whoever explains a rule wants it, so it is read when it
    /// is asked for.
    #[must_use]
    pub fn conditions(&self) -> Conditions {
        Policy::parse(None, &self.text).map_or_else(
            |_| Conditions {
                when: vec![Condition::Unread],
                unless: Vec::new(),
            },
            |policy| Conditions::of(&policy, &self.text),
        )
    }
}

/// What `policy` says under `key`. Its own search by a key reads the key as a word of Cedar each time, which takes longer
/// than reading the rule.
fn annotation<'p>(policy: &'p Policy, key: &str) -> Option<&'p str> {
    let mut all = policy.annotations();
    all.find_map(|(found, text)| (found == key).then_some(text))
}

/// What a policy speaks of. One that permits names one act: nobody is to read twice whether a rule
/// hands data over.
fn acts(policy: &Policy) -> Result<Vec<Act>, String> {
    let named = match policy.action_constraint() {
        ActionConstraint::Any => Act::ALL.to_vec(),
        ActionConstraint::Eq(one) => acts_of(&[one])?,
        ActionConstraint::In(some) => acts_of(&some)?,
    };
    if policy.effect() == cedar_policy::Effect::Permit && named.len() != 1 {
        return Err(
            "a rule that permits says which act: `action == Action::\"disclose\"` or `action == Action::\"preserve\"`"
                .into(),
        );
    }
    Ok(named)
}

fn acts_of(named: &[EntityUid]) -> Result<Vec<Act>, String> {
    named
        .iter()
        .map(|name| {
            Act::ALL
                .into_iter()
                .find(|act| name.id().unescaped() == act.as_str())
                .ok_or_else(|| format!("`{name}` is not an act: write disclose or preserve"))
        })
        .collect()
}

/// Refuses a note on how far a reading is verified that does not begin with its weight.
pub(crate) fn weighed(verified: &str) -> Result<(), String> {
    const WEIGHTS: [&str; 4] = [
        "primary text",
        "secondary",
        "unverified",
        "provider's own rule",
    ];
    if WEIGHTS.iter().any(|weight| verified.starts_with(weight)) {
        Ok(())
    } else {
        Err(format!("must begin with one of: {}", WEIGHTS.join("; ")))
    }
}
