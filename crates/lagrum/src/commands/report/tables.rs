//! `lagrum report table`: what laws and custom ask for, as files.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context as _, anyhow};
use jiff::civil::Date;
use lagrum_figures::{CaseFacts, Period};
use lagrum_model::CountryCode;
use lagrum_statistics::national_security::{Coverage, Structure};
use lagrum_statistics::{Table, customary, digital_services, national_security, production_orders};
use serde_json::Value;

use crate::context::Context;
use crate::output::Failure;

/// Write the tables that a law asks for, or that others print, as counsel
///
/// They are exact, and not hidden among other values as the figures of a report are: one order of one country can be
/// enough to tell somebody that they are meant. What a law asks for has to be published as it is; what else is published,
/// you decide.
#[derive(clap::Args)]
pub struct MakeTable {
    /// Which
    #[arg(value_enum)]
    form: Form,
    /// The period, in UTC: 2027, 2027H1, 2027Q3, 2027-05 or 2027-05-17. Not for national-security, whose days follow from
    /// the day of publication
    period: Option<String>,
    /// Where the files are written
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Leave out cases of which figures know nothing: they are named. Without this no table is written then
    #[arg(long)]
    leave_out: bool,
    /// digital-services: the name of the service
    #[arg(long)]
    service: Option<String>,
    /// digital-services, national-security: the day of publication
    #[arg(long, value_name = "DAY")]
    published: Option<Date>,
    /// digital-services: the day on which the report before it was published; left out: it is the first
    #[arg(long, value_name = "DAY")]
    previous: Option<Date>,
    /// national-security: the bands, 1000, 500, 250 or 100 (50 U.S.C. § 1874(a)(1) to (4))
    #[arg(long, value_name = "WIDTH")]
    bands: Option<u64>,
    /// github, microsoft, toolkit: the country of the provider
    #[arg(long, value_name = "COUNTRY", value_parser = CountryCode::parse)]
    home: Option<CountryCode>,
}

/// What a table is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// Orders of Member States under the Digital Services Act, sheets 1 and 3 (Implementing Regulation (EU) 2024/2835)
    DigitalServices,
    /// European Production and Preservation Orders (Regulation (EU) 2023/1543, Article 28(4))
    ProductionOrders,
    /// National security process in bands (50 U.S.C. § 1874)
    NationalSecurity,
    /// The columns of Apple
    Apple,
    /// The columns of GitHub
    Github,
    /// The columns of Google
    Google,
    /// The columns of Microsoft
    Microsoft,
    /// The columns of the Transparency Reporting Toolkit
    Toolkit,
}

impl MakeTable {
    /// Writes them.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let period = self.period.as_deref().map(Period::parse).transpose()?;
        // Whether a product is new, only all cases tell.
        let since = period
            .as_ref()
            .filter(|_| self.form != Form::NationalSecurity);
        let (provider, (facts, unknown)) = context.at_desk(|session| {
            Ok((
                session.desk().provider().to_owned(),
                session.case_facts(since)?,
            ))
        })?;
        if !unknown.is_empty() && !self.leave_out {
            let why = anyhow!(
                "{}. `lagrum desk rebuild` makes anew what figures know, but of cases that were erased before; --leave-out writes the tables without them",
                unknown.join("; ")
            );
            return Err(why.into());
        }
        for why in &unknown {
            context.note(&format!("left out: {why}"));
        }
        let services: BTreeSet<_> = facts
            .iter()
            .flat_map(|case| case.parts.iter().filter_map(|part| part.service.as_deref()))
            .collect();
        if self.form == Form::DigitalServices && services.len() > 1 {
            context.note("the cases are of several kinds of service, and all of them are counted under this one");
        }
        let tables = self.tables(&provider, period.as_ref(), &facts)?;
        std::fs::create_dir_all(&self.out).with_context(|| self.out.display().to_string())?;
        let mut written = Vec::new();
        for table in &tables {
            let file = self.out.join(format!("{}.csv", table.title()));
            lagrum_durable::replace(&file, table.csv().as_bytes())?;
            written.push(file.display().to_string());
        }
        let json = tables.iter().zip(&written).map(|(table, file)| {
            let table: Value = serde_json::from_str(&table.json())?;
            Ok(serde_json::json!({"file": file, "table": table}))
        });
        let json: Vec<Value> = json.collect::<Result<_, serde_json::Error>>()?;
        context.output.show(&json, || {
            format!(
                "Written: {}.\nThese figures are exact. Look at them before you publish them.",
                written.join(", ")
            )
        })
    }

    fn tables(
        &self,
        provider: &str,
        period: Option<&Period>,
        facts: &[CaseFacts],
    ) -> Result<Vec<Table>, Failure> {
        let home = || {
            self.home
                .ok_or_else(|| anyhow!("--home is missing: this table needs it"))
        };
        let missing = |option: &str| anyhow!("{option} is missing: this table needs it");
        let of_period = || period.ok_or_else(|| missing("the period"));
        let published = || self.published.ok_or_else(|| missing("--published"));
        Ok(match self.form {
            Form::DigitalServices => {
                let service = self
                    .service
                    .as_deref()
                    .ok_or_else(|| missing("--service"))?;
                let about = digital_services::Identification {
                    provider,
                    service,
                    published: published()?,
                    previous: self.previous,
                };
                let period = of_period()?;
                vec![
                    digital_services::identification(&about, period),
                    digital_services::member_states_orders(facts, period, service, |_| None),
                ]
            }
            Form::ProductionOrders => {
                vec![production_orders::production_orders(facts, of_period()?)]
            }
            Form::NationalSecurity => {
                let width = self.bands.ok_or_else(|| missing("--bands"))?;
                let structure = Structure::ALL.into_iter().find(|one| one.width() == width);
                let structure =
                    structure.ok_or_else(|| anyhow!("--bands is 1000, 500, 250 or 100"))?;
                let coverage =
                    Coverage::latest(structure, published()?).map_err(|why| anyhow!(why))?;
                let report =
                    national_security::report(facts, &coverage, national_security::services);
                vec![report.table()]
            }
            Form::Apple => vec![customary::apple(facts, of_period()?)],
            Form::Github => {
                let tables = customary::github(facts, of_period()?, home()?);
                vec![tables.requests, tables.accounts, tables.cross_border]
            }
            Form::Google => vec![customary::google(facts, of_period()?)],
            Form::Microsoft => {
                let period = of_period()?;
                vec![
                    customary::microsoft(facts, period),
                    customary::microsoft_content_stored_abroad(facts, period, home()?),
                ]
            }
            Form::Toolkit => {
                vec![customary::transparency_reporting_toolkit(
                    facts,
                    of_period()?,
                    home()?,
                )]
            }
        })
    }
}
