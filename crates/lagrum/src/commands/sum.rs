//! `lagrum sum`: one number over several providers, of which nobody sees a part.

mod parties;
mod total;
mod trustee;

use std::path::PathBuf;

use anyhow::anyhow;
use lagrum_cards::SumSet;
use lagrum_desk::SumWanted;
use lagrum_figures::{Called, FixedSet, Period, complained_about};

use crate::commands::report::false_report;
use crate::context::Context;
use crate::output::Failure;
use parties::Parties;

/// One number over several providers: the exact sum, of which nobody sees a part
#[derive(clap::Subcommand)]
pub enum Sum {
    /// Make a trustee of sums: its keys, on its own machine
    Trustee(trustee::Make),
    /// Call for a sum, as counsel of its host, and have the log say so
    Call(CallFor),
    /// Deal the figure of your own report to the trustees, as counsel of a provider, and have the log say so
    Deal(Deal),
    /// Check your shares, as trustee, and complain where one is false
    Check(trustee::AsTrustee),
    /// Fix whose numbers are added up, as counsel of the host, once for ever
    Set(Set),
    /// Agree to the set, as trustee, once for ever
    Agree(trustee::AsTrustee),
    /// Answer with the sum of your shares, as trustee, when enough have agreed
    Answer(trustee::AsTrustee),
    /// Check everything of a sum, and print it
    Verify(Which),
}

/// Which sum
#[derive(clap::Args)]
pub struct Which {
    /// The file that says where logs and reports lie, and whose keys you believe (sum.toml)
    parties: PathBuf,
    /// The period, in UTC: 2027, 2027H1, 2027Q3, 2027-05 or 2027-05-17
    period: String,
    /// The figure, by its name in reports, such as outcome.refused
    figure: String,
}

impl Which {
    /// The parties, the period and the call.
    fn called(&self) -> Result<(Parties, Period, Called), Failure> {
        let parties = Parties::read(&self.parties)?;
        let period = Period::parse(&self.period)?;
        let called = parties.called(&period, &self.figure)?;
        Ok((parties, period, called))
    }

    /// The same, and the set.
    fn fixed(&self) -> Result<(Parties, Called, FixedSet), Failure> {
        let (parties, _, called) = self.called()?;
        let fixed = FixedSet::find(&called, parties.host()).map_err(false_report)?;
        let fixed = fixed.ok_or_else(|| {
            let host = &called.call().log;
            anyhow!("the log of {host} holds no set for this call (yet)")
        })?;
        Ok((parties, called, fixed))
    }
}

/// Call for a sum
#[derive(clap::Args)]
pub struct CallFor {
    #[command(flatten)]
    which: Which,
    /// The keys of a trustee (its `trustee.pub`); once for each
    #[arg(long = "trustee", value_name = "FILE", required = true)]
    trustees: Vec<PathBuf>,
    /// How many trustees open the sum: more than half of them
    #[arg(long, value_name = "NUMBER")]
    threshold: usize,
    /// The last day on which providers deal (UTC), such as 2027-08-15
    #[arg(long, value_name = "DAY")]
    deal: String,
    /// The last day on which trustees complain (UTC), a later one
    #[arg(long, value_name = "DAY")]
    complain: String,
}

/// Deal a figure
#[derive(clap::Args)]
pub struct Deal {
    #[command(flatten)]
    which: Which,
}

/// Fix the set
#[derive(clap::Args)]
pub struct Set {
    #[command(flatten)]
    which: Which,
    /// A provider that was asked and is not in it, by the origin of its log; once for each, because there is no second set
    #[arg(long, value_name = "ORIGIN")]
    without: Vec<String>,
}

impl Sum {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Trustee(make) => make.run(context),
            Self::Call(call) => call.run(context),
            Self::Deal(deal) => deal.run(context),
            Self::Check(of) => of.check(context),
            Self::Set(set) => set.run(context),
            Self::Agree(of) => of.agree(context),
            Self::Answer(of) => of.answer(context),
            Self::Verify(which) => total::verify(&which, context),
        }
    }
}

impl CallFor {
    fn run(self, context: &Context) -> Result<(), Failure> {
        let parties = Parties::read(&self.which.parties)?;
        let keys = self.trustees.iter().map(|file| trustee::keys(file));
        let wanted = SumWanted {
            period: Period::parse(&self.which.period)?,
            figure: self.which.figure,
            deal: self.deal,
            complain: self.complain,
            threshold: self.threshold,
            trustees: keys.collect::<Result<_, _>>()?,
            providers: parties.providers(),
        };
        let (_, called) = context.change(|session| Ok(session.call_for_sum(wanted)?))?;
        let (call, new) = called.outcome;
        let json = serde_json::json!({
            "new": new, "log": call.log, "period": call.period, "figure": call.name,
            "providers": call.providers, "trustees": call.signers, "threshold": call.threshold,
            "needed": call.needed(), "deal": call.deal, "complain": call.complain,
        });
        context.output.show(&json, || {
            let how = match new {
                true => "made now; the log holds it with its next batch",
                false => "made before: it stays",
            };
            format!(
                "The call for {} of {} is {how}. Asked: {}. {} of {} trustees open it, when {} agreed to the set.\n\
                 Providers deal until the end of {}, trustees complain until the end of {}.",
                call.name,
                call.period,
                call.providers.join(", "),
                call.threshold,
                call.trustees.len(),
                call.needed(),
                call.deal,
                call.complain
            )
        })
    }
}

impl Deal {
    fn run(self, context: &Context) -> Result<(), Failure> {
        let (_, period, called) = self.which.called()?;
        let (_, dealt) = context.change(|session| Ok(session.deal_to_sum(&called, &period)?))?;
        let (view, new) = dealt.outcome;
        let json = serde_json::json!({
            "new": new, "view": view, "period": period.to_string(), "figure": called.call().name,
        });
        context.output.show(&json, || {
            let how = match new {
                true => "Dealt now; the log holds it with its next batch",
                false => "Dealt before: once, and never again",
            };
            format!(
                "{how}: {} of {period}, view {view}. Publish the report, and keep the log where trustees read it.",
                called.call().name
            )
        })
    }
}

impl Set {
    fn run(self, context: &Context) -> Result<(), Failure> {
        let (parties, _, called) = self.which.called()?;
        let call = called.call();
        let all = parties.dealt(&called);
        let complaints =
            complained_about(&called, &all.dealt, &parties.words(&called)).map_err(false_report)?;
        let mut out = all.missing;
        for (provider, trustees) in complaints.proved {
            let names: Vec<_> = trustees.iter().map(|one| called.name_of(*one)).collect();
            out.insert(
                provider,
                format!("its share is false: {}", names.join(", ")),
            );
        }
        for why in &complaints.faults {
            context.note(why);
        }
        for (provider, why) in &out {
            if !self.without.contains(provider) {
                return Err(anyhow!(
                    "{provider} cannot be in the set: {why}. There is never a second set: wait for it, or say --without {provider}"
                )
                .into());
            }
        }
        if let Some(wrong) = self.without.iter().find(|own| !out.contains_key(*own)) {
            return Err(
                anyhow!("--without {wrong}: it was not asked, or dealt as it has to").into(),
            );
        }
        let dealings: Vec<_> = all
            .dealt
            .into_iter()
            .map(|dealt| dealt.dealing)
            .filter(|dealing| !out.contains_key(dealing.provider()))
            .collect();
        let set = SumSet::of(call, &dealings)?;
        let (_, fixed) = context.change(|session| Ok(session.fix_sum_set(&called, &set)?))?;
        let providers: Vec<_> = set.dealings.keys().cloned().collect();
        let json = serde_json::json!({
            "new": fixed.outcome, "providers": providers, "without": out,
            "set": hex::encode(set.digest()),
        });
        context.output.show(&json, || {
            let how = match fixed.outcome {
                true => "fixed now; the log holds it with its next batch, and names it with its next file of cards",
                false => "fixed before: it stays",
            };
            format!("The set is {how}. In it: {}.", providers.join(", "))
        })
    }
}
