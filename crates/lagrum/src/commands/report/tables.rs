//! `lagrum report table`: what laws and custom ask for, as files.

use std::path::PathBuf;

use anyhow::{Context as _, anyhow};
use clap::ValueEnum as _;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use lagrum_figures::{CaseFacts, Period};
use lagrum_model::CountryCode;
use lagrum_statistics::digital_services::Orders;
use lagrum_statistics::national_security::{Coverage, Structure};
use lagrum_statistics::{
    About, Count, Cube, Table, burden, customary, digital_services, national_security,
    production_orders, workbook,
};
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
    /// Time and cost by country and instrument, as people recorded them: for your own use
    Burden,
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
        let provider = context.at_desk(|session| Ok(session.desk().provider().to_owned()))?;
        let tables = self.tables(context, &provider, period.as_ref())?;
        std::fs::create_dir_all(&self.out).with_context(|| self.out.display().to_string())?;
        let mut written = Vec::new();
        for table in &tables {
            let file = self.out.join(format!("{}.csv", table.title()));
            lagrum_durable::replace(&file, table.csv().as_bytes())?;
            written.push(file.display().to_string());
        }
        let workbook = self.workbook(&provider, period.as_ref(), &tables)?;
        let json = tables.iter().zip(&written).map(|(table, file)| {
            let (sheet, table) = (table.sheet(), serde_json::from_str::<Value>(&table.json())?);
            Ok(serde_json::json!({
                "file": file, "table": table, "workbook": workbook, "sheet": sheet,
            }))
        });
        let json: Vec<Value> = json.collect::<Result<_, serde_json::Error>>()?;
        context.output.show(&json, || {
            format!(
                "Written: {}, and {workbook} with all of it.\nThese figures are exact. Look at them before you publish them.",
                written.join(", ")
            )
        })
    }

    /// Writes the tables as one workbook, and gives its name.
    fn workbook(
        &self,
        provider: &str,
        period: Option<&Period>,
        tables: &[Table],
    ) -> Result<String, Failure> {
        let form = self.form.to_possible_value();
        let form = form.map_or_else(String::new, |form| form.get_name().to_owned());
        // The day that it gives as that of its creation: nothing in it follows from a clock.
        let over = period.map(|period| {
            let over = Timestamp::from_second(period.seconds().1.cast_signed())?;
            anyhow::Ok(TimeZone::UTC.to_datetime(over).date())
        });
        let day = match self.published {
            Some(day) => day,
            None => over
                .transpose()?
                .ok_or_else(|| anyhow!("--published is missing"))?,
        };
        let of = period.map_or_else(|| day.to_string(), ToString::to_string);
        let title = format!("{provider}: {form}, {of}");
        let about = About {
            title: &title,
            provider,
            day,
        };
        let bytes = workbook(tables, &about).map_err(anyhow::Error::new)?;
        let file = self.out.join(format!("{form}.xlsx"));
        lagrum_durable::replace(&file, &bytes)?;
        Ok(file.display().to_string())
    }

    fn tables(
        &self,
        context: &Context,
        provider: &str,
        period: Option<&Period>,
    ) -> Result<Vec<Table>, Failure> {
        let missing = |option: &str| anyhow!("{option} is missing: this table needs it");
        let of_period = || period.ok_or_else(|| missing("the period"));
        let home = || self.home.ok_or_else(|| missing("--home"));
        let published = || self.published.ok_or_else(|| missing("--published"));
        let cube = || -> Result<Cube, Failure> {
            let period = of_period()?;
            self.count(context, Some(period), || Cube::new(period))
        };
        Ok(match self.form {
            Form::DigitalServices => self.digital_services(
                context,
                (provider, of_period()?),
                self.service
                    .as_deref()
                    .ok_or_else(|| missing("--service"))?,
                published()?,
            )?,
            Form::ProductionOrders => vec![production_orders::production_orders(&cube()?)],
            Form::NationalSecurity => {
                let width = self.bands.ok_or_else(|| missing("--bands"))?;
                let structure = Structure::ALL.into_iter().find(|one| one.width() == width);
                let structure =
                    structure.ok_or_else(|| anyhow!("--bands is 1000, 500, 250 or 100"))?;
                let coverage =
                    Coverage::latest(structure, published()?).map_err(|why| anyhow!(why))?;
                let new = || national_security::Process::new(coverage, national_security::services);
                // Whether a product is new, only all cases tell.
                let process = self.count(context, None, new)?;
                vec![process.report().table()]
            }
            Form::Burden => {
                let period = of_period()?;
                let new = || burden::Burdens::new(period);
                let tables = self.count(context, Some(period), new)?.tables();
                vec![tables.time, tables.money]
            }
            Form::Apple => vec![customary::apple(&cube()?)],
            Form::Github => {
                let home = home()?;
                let tables = customary::github(&cube()?, home);
                vec![tables.requests, tables.accounts, tables.cross_border]
            }
            Form::Google => vec![customary::google(&cube()?)],
            Form::Microsoft => {
                let home = home()?;
                let cube = cube()?;
                vec![
                    customary::microsoft(&cube),
                    customary::microsoft_content_stored_abroad(&cube, home),
                ]
            }
            Form::Toolkit => {
                let home = home()?;
                vec![customary::transparency_reporting_toolkit(&cube()?, home)]
            }
        })
    }

    fn digital_services(
        &self,
        context: &Context,
        (provider, period): (&str, &Period),
        service: &str,
        published: Date,
    ) -> Result<Vec<Table>, Failure> {
        // Nobody says which category of illegal content an order is about.
        let new = || Orders::new(period, |_: &CaseFacts| None);
        let orders = self.count(context, Some(period), new)?;
        if orders.services().len() > 1 {
            context.note("the orders are about several kinds of service, and all of them are counted under this one");
        }
        let about = digital_services::Identification {
            provider,
            service,
            published,
            previous: self.previous,
        };
        let identification = digital_services::identification(&about, period);
        Ok(vec![identification, orders.table(service)])
    }

    /// Counts the cases that may have come in this period, or all.
    fn count<C: Count + Send>(
        &self,
        context: &Context,
        since: Option<&Period>,
        new: impl Fn() -> C + Sync,
    ) -> Result<C, Failure> {
        let (parts, unknown) =
            context.at_desk(|session| Ok(session.count_facts(since, &new, C::add)?))?;
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
        let mut whole = new();
        parts.into_iter().for_each(|part| whole.merge(part));
        Ok(whole)
    }
}
