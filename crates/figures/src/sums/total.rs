//! What everybody checks of a sum.

use std::collections::BTreeMap;

use lagrum_cards::{SumSet, open_sum};

use super::{Agreement, Answered, Called, Dealt, FixedSet, Words};
use crate::FiguresError;

/// What trustees complain about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Complaints {
    /// Whose dealings are false, and which trustees showed it.
    pub proved: BTreeMap<String, Vec<usize>>,
    /// Why some complaints are not believed, with the names of those who signed them.
    pub faults: Vec<String>,
}

/// Which providers' dealings are false, as far as trustees showed it.
///
/// # Errors
/// When a file cannot be read.
pub fn complained_about(
    called: &Called,
    dealt: &[Dealt],
    words: &Words,
) -> Result<Complaints, FiguresError> {
    let mut found = Complaints::default();
    for (number, provider) in (1..).zip(&called.call().providers) {
        let (complaints, wrong) = words.complaints(called, number)?;
        found.faults.extend(wrong);
        for one in complaints {
            let trustee = one.complaint.trustee;
            let mut about = dealt.iter().map(|dealt| &dealt.dealing);
            let about = about.find(|dealing| {
                dealing.provider() == provider
                    && one.provider == *provider
                    && one.dealing == dealing.digest()
            });
            let name = called.name_of(trustee);
            let Some(about) = about else {
                found.faults.push(format!(
                    "{name} complains about something that {provider} did not deal"
                ));
                continue;
            };
            match one.complaint.check(called.call(), about) {
                Ok(()) => {
                    let proved = found.proved.entry(provider.clone());
                    proved.or_default().push(trustee);
                }
                Err(_) => {
                    let why = format!("the complaint of {name} about {provider} is false");
                    found.faults.push(why);
                }
            }
        }
    }
    Ok(found)
}

/// What was found of a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SumChecked {
    /// Whose dealings are false, and which trustees showed it.
    pub complaints: BTreeMap<String, Vec<usize>>,
    /// The trustees who agreed to the set.
    pub agreed: Vec<usize>,
    /// The trustees whose answer is right.
    pub answered: Vec<usize>,
    /// What trustees said that is false, or is not theirs, with their names. Nothing of it counts.
    pub faults: Vec<String>,
    /// The sum, if enough agreed and enough answered.
    pub total: Option<u64>,
}

/// Checks a sum: that the set is of exactly these dealings, who agreed to it, and each answer by itself. `dealt` are
/// the dealings of the providers in the set, and may be others' too.
///
/// # Errors
/// When the set is not of these dealings, or the answers, each of them right, give no number.
pub fn check_sum(
    called: &Called,
    fixed: &FixedSet,
    dealt: &[Dealt],
    words: &Words,
) -> Result<SumChecked, FiguresError> {
    let Complaints { proved, mut faults } = complained_about(called, dealt, words)?;
    let (call, set) = (called.call(), fixed.set());
    let dealings = in_set(called, set, dealt)?;
    let digest = set.digest();
    let (agreements, wrong) = words.each::<Agreement>("agreement", called)?;
    faults.extend(wrong);
    let mut agreed = Vec::new();
    for one in agreements {
        let name = called.name_of(one.trustee);
        match one.set == digest {
            true => agreed.push(one.trustee),
            false => faults.push(format!("{name} agreed to another set of this call")),
        }
    }
    let (answers, wrong) = words.each::<Answered>("answer", called)?;
    faults.extend(wrong);
    let mut right = Vec::new();
    for one in answers {
        let trustee = one.answer.trustee;
        let holds = one.set == digest && one.answer.check(call, set, &dealings).is_ok();
        match holds {
            true => right.push(one.answer),
            false => faults.push(format!(
                "the answer of {} is false",
                called.name_of(trustee)
            )),
        }
    }
    let enough = agreed.len() >= call.needed() && right.len() >= call.threshold;
    let total = enough.then(|| open_sum(call, set, &dealings, &right));
    Ok(SumChecked {
        complaints: proved,
        agreed,
        answered: right.iter().map(|answer| answer.trustee).collect(),
        faults,
        total: total.transpose()?,
    })
}

/// The dealings of a set, if they are exactly those that it names.
pub(crate) fn in_set(
    called: &Called,
    set: &SumSet,
    dealt: &[Dealt],
) -> Result<Vec<lagrum_cards::Dealing>, FiguresError> {
    let dealings: Vec<_> = dealt
        .iter()
        .map(|dealt| &dealt.dealing)
        .filter(|dealing| set.dealings.contains_key(dealing.provider()))
        .cloned()
        .collect();
    let missing = |own: &&String| !dealings.iter().any(|dealing| dealing.provider() == **own);
    if let Some(missing) = set.dealings.keys().find(missing) {
        return Err(FiguresError::Sum(format!(
            "{missing} is in the set, and what it dealt is not here"
        )));
    }
    match SumSet::of(called.call(), &dealings)? == *set {
        true => Ok(dealings),
        false => Err(FiguresError::Sum(
            "the set names other dealings than lie in the logs of the providers".into(),
        )),
    }
}
