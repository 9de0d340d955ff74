//! What everybody checks of a sum, sentence by sentence.

use anyhow::anyhow;
use lagrum_figures::{Called, Dealt, Figure, FixedSet, SumChecked, check_sum};

use super::Which;
use crate::commands::report::{false_report, value};
use crate::context::Context;
use crate::output::Failure;

/// Checks everything, and prints it. Without enough agreements and answers there is no number, and it fails.
pub fn verify(which: &Which, context: &Context) -> Result<(), Failure> {
    let (parties, called, fixed) = which.fixed()?;
    let dealt = parties.dealt_to(&called, fixed.set())?;
    let found = check_sum(&called, &fixed, &dealt, &parties.words(&called));
    let found = found.map_err(false_report)?;
    let call = called.call();
    let is_in = |own: &Dealt| fixed.set().dealings.contains_key(own.dealing.provider());
    let dealt: Vec<_> = dealt.into_iter().filter(is_in).collect();
    let absent: Vec<_> = call
        .providers
        .iter()
        .filter(|own| !fixed.set().dealings.contains_key(*own))
        .collect();
    let unwitnessed = parties.unwitnessed(&called);
    let names = |trustees: &[usize]| -> Vec<String> {
        let each = trustees.iter().map(|one| called.name_of(*one).to_owned());
        each.collect()
    };
    let json = serde_json::json!({
        "period": call.period, "figure": call.name, "total": found.total,
        "call": called.entry(), "called_before_the_period": called.is_early(), "set": fixed.entry(),
        "providers": dealt.iter().map(|dealt| serde_json::json!({
            "provider": dealt.dealing.provider(), "view": dealt.view, "entry": dealt.entry, "alone": value(dealt.figure),
        })).collect::<Vec<_>>(),
        "asked_and_not_in_it": absent,
        "complaints": found.complaints.iter().map(|(provider, by)| (provider.clone(), names(by).into()))
            .collect::<serde_json::Map<_, _>>(),
        "agreed": names(&found.agreed), "needed": call.needed(),
        "answered": names(&found.answered), "threshold": call.threshold,
        "false": found.faults, "unwitnessed": unwitnessed,
    });
    context.output.show(&json, || {
        words(&called, &fixed, &dealt, (&absent, &unwitnessed), &found)
    })?;
    match found.total {
        Some(_) => Ok(()),
        None => Err(anyhow!("there is no number (yet): too few agreed, or answered").into()),
    }
}

fn words(
    called: &Called,
    fixed: &FixedSet,
    dealt: &[Dealt],
    (absent, unwitnessed): (&[&String], &[String]),
    found: &SumChecked,
) -> String {
    let call = called.call();
    let names = |trustees: &[usize]| match trustees {
        [] => "nobody".to_owned(),
        some => {
            let each = some.iter().map(|one| called.name_of(*one));
            each.collect::<Vec<_>>().join(", ")
        }
    };
    let mut text = match found.total {
        Some(total) => format!(
            "{} of {}, over {} providers together: {total}.\n\nChecked:\n",
            call.name,
            call.period,
            dealt.len()
        ),
        None => format!(
            "{} of {}: no number (yet).\n\nChecked:\n",
            call.name, call.period
        ),
    };
    let mut say = |sentence: String| text.push_str(&format!("- {sentence}\n"));
    let early = match called.is_early() {
        true => "It was there before the period began.",
        false => {
            "It was not there before the period began: whoever joined may have known their number."
        }
    };
    say(format!(
        "The call is entry {} of the log {}, the first there for this figure and period. {early}",
        called.entry(),
        call.log
    ));
    say(format!(
        "The set is entry {} there, the first for the call, and was fixed after the last day for complaints.",
        fixed.entry()
    ));
    for own in dealt {
        let alone = match own.figure {
            Figure::Exactly(number) => number.to_string(),
            Figure::Between(low, high) => format!("{low} to {high}"),
        };
        say(format!(
            "{}: its report, view {}, holds, and publishes {} as {alone}, by a plan from before the period; it dealt what \
             this report counts, in time (entry {}).",
            own.dealing.provider(),
            own.view,
            call.name,
            own.entry
        ));
    }
    for (provider, by) in &found.complaints {
        say(format!(
            "A share of {provider} is false, as {} showed.",
            names(by)
        ));
    }
    say(format!(
        "Agreed to this set: {}. Needed: {}.",
        names(&found.agreed),
        call.needed()
    ));
    say(format!(
        "Answered with the sum of their shares: {}. Needed: {}.",
        names(&found.answered),
        call.threshold
    ));
    if found.total.is_some() {
        say("The answers open what all these reports together commit to.".to_owned());
    }
    for fault in &found.faults {
        say(format!("Not counted: {fault}."));
    }
    text.push_str("\nNot shown by it:\n");
    if !absent.is_empty() {
        let absent: Vec<_> = absent.iter().map(|own| own.as_str()).collect();
        text.push_str(&format!(
            "- why these were asked and are not in it: {};\n",
            absent.join(", ")
        ));
    }
    text.push_str(&format!(
        "- that classes are true;\n\
         - that no {} trustees opened single numbers among themselves, and that none agreed to another set elsewhere;\n\
         - that others see the same logs, as far as no witness vouches for it{}.\n\
         No cryptographer outside the project has read the protocol yet.",
        call.threshold,
        match unwitnessed {
            [] => String::new(),
            some => format!(": your trust files ask for none of {}", some.join(", ")),
        }
    ));
    text
}
