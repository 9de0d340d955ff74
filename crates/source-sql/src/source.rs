//! The kind `sql`: what it says of itself, what it is asked, and what a rehearsal shows.

use lagrum_mandate::Orders;
use lagrum_model::{Category, DateRule, Period};
use lagrum_source::{
    About, Context, Need, Rehearsed, Run, SearchResult, Sink, Source, SourceConfig, SourceError,
    Wanted,
};

use crate::account::{IDENTIFIER, NAMED};
use crate::ask::{Ask, Session, Values};
use crate::cell::Cell;
use crate::database::Sql;
use crate::dated::Judge;
use crate::search::{Asked, Search};
use crate::tables::{self, Table};

/// Tables in an SQL database: the kind `sql`. What is wrong with the database itself is told when it is searched or
/// rehearsed.
///
/// # Errors
/// [`SourceError::Config`], naming the field.
pub fn open(config: &SourceConfig, context: &Context<'_>) -> Result<Box<dyn Source>, SourceError> {
    Ok(Box::new(Sql::open(config, context)?))
}

impl Sql {
    /// Carries out orders in one transaction.
    pub(crate) fn answer(
        &self,
        asked: &[Asked<'_>],
        run: Run<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<SearchResult>, SourceError> {
        let serves = |one: &Asked<'_>| self.about.categories.contains(&one.category);
        // An agent asks each source for the categories alone that it serves.
        if !asked.iter().all(serves) {
            return Ok(asked
                .iter()
                .map(|_| SearchResult::NO_SUCH_CATEGORY)
                .collect());
        }
        run.go_on(self.id())?;
        self.read(|session| {
            let mut search = Search {
                sql: self,
                session,
                run,
                sink,
            };
            search.answer(asked)
        })
    }

    fn rehearse_in(&self, session: &mut dyn Session) -> Result<Vec<Rehearsed>, SourceError> {
        let mut small = vec![NAMED];
        small.extend(self.account.keys().iter().map(String::as_str));
        let account = self.ask_account(&small, (IDENTIFIER.to_owned(), Cell::Null));
        let mut all = vec![self.rehearsed(session, "account", &account.ask())?];
        let period = Period::new(
            jiff::Timestamp::constant(0, 0),
            jiff::Timestamp::constant(1, 0),
        );
        let Ok(period) = period else {
            return Ok(all);
        };
        let judge = Judge {
            period,
            now: jiff::Timestamp::constant(1, 0),
            utc: self.utc,
        };
        for (place, table) in self.tables.iter().enumerate() {
            let small = table.small();
            let every = Table::needs_all(&self.tables, place, table.category);
            let ask = Ask {
                statement: &table.statement,
                values: &Values::new(),
                small: &small,
                whole: &table.carried,
                fields: &table.columns,
                order: table.row.as_deref(),
                within: table.within(&judge, every),
                most: None,
            };
            all.push(self.rehearsed(session, &self.field(table), &ask)?);
        }
        Ok(all)
    }

    fn rehearsed(
        &self,
        session: &mut dyn Session,
        what: &str,
        ask: &Ask<'_>,
    ) -> Result<Rehearsed, SourceError> {
        let plan = session.plan(ask).map_err(|fault| self.at(fault, what))?;
        let warnings = plan.scans.iter().map(|scanned| {
            format!("reads all of `{scanned}` from end to end each time; give it an index on what is compared")
        });
        Ok(Rehearsed {
            what: what.to_owned(),
            statement: plan.statement,
            plan: plan.lines,
            warnings: warnings.collect(),
        })
    }
}

impl Source for Sql {
    fn about(&self) -> &About {
        &self.about
    }

    fn date_rule(&self, category: Category) -> DateRule {
        tables::date_rule(&self.tables, category)
    }

    fn needs(&self) -> Vec<Need> {
        self.port().map(Need::Port).into_iter().collect()
    }

    fn probe(&self) -> Result<(), SourceError> {
        self.rehearse().map(|_| ())
    }

    fn rehearse(&self) -> Result<Vec<Rehearsed>, SourceError> {
        self.read(|session| self.rehearse_in(session))
    }

    fn search(
        &self,
        orders: &Orders<'_>,
        run: Run<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<SearchResult>, SourceError> {
        let asked = orders.iter().map(|order| Asked {
            wanted: Wanted::of(order.identifier()),
            category: order.category(),
            period: order.period(),
        });
        self.answer(&asked.collect::<Vec<_>>(), run, sink)
    }
}
