use lagrum_mandate::Orders;
use lagrum_model::{Category, DateRule, Period};
use lagrum_source::{
    About, Context, LiesIn, Rehearsed, Run, SearchResult, Sink, Source, SourceConfig, SourceError,
    Wanted,
};
use zeroize::Zeroizing;

use crate::account::{Account, IDENTIFIER, NAMED};
use crate::address::{Address, Kind};
use crate::ask::{Ask, Session, Values};
use crate::cell::Cell;
use crate::config::Checked;
use crate::dated::Judge;
use crate::fault::Fault;
use crate::search::{Asked, Search};
use crate::tables::{self, Table};
use crate::{mariadb, postgresql, sqlite};

/// Tables in one database.
pub(crate) struct Sql {
    about: About,
    address: Address,
    password: Option<Zeroizing<String>>,
    timeout: std::time::Duration,
    pub(crate) account: Account,
    pub(crate) utc: bool,
    pub(crate) tables: Vec<Table>,
}

/// Tables in an SQL database: the kind `sql`. What is wrong with the database itself is told when it is searched or
/// rehearsed.
///
/// # Errors
/// [`SourceError::Config`], naming the field.
pub fn open(config: &SourceConfig, context: &Context<'_>) -> Result<Box<dyn Source>, SourceError> {
    Ok(Box::new(Sql::open(config, context)?))
}

/// What is asked of the account's statement.
pub(crate) struct AskAccount<'a> {
    account: &'a Account,
    small: &'a [&'a str],
    values: Values,
}

impl AskAccount<'_> {
    pub(crate) fn ask(&self) -> Ask<'_> {
        Ask {
            statement: &self.account.statement,
            values: &self.values,
            small: self.small,
            fields: &[],
            order: None,
            within: None,
        }
    }
}

impl Sql {
    pub(crate) fn open(config: &SourceConfig, context: &Context<'_>) -> Result<Self, SourceError> {
        let checked = Checked::read(config, context)?;
        let tables = checked.tables;
        let mut categories: Vec<_> = tables.iter().map(|table| table.category).collect();
        categories.sort_unstable();
        categories.dedup();
        let served = categories.iter().map(|category| {
            let of = tables.iter().filter(|table| table.category == *category);
            (
                *category,
                of.flat_map(|table| table.fields.clone()).collect(),
            )
        });
        let lies_in = LiesIn::fields(served, &checked.boxes)
            .map_err(|why| SourceError::config(&checked.id, "sub_categories", why))?;
        let rule = |category: &Category| tables::date_rule(&tables, *category);
        let date_rule = match categories
            .iter()
            .map(rule)
            .find(|one| *one != DateRule::PresentState)
        {
            Some(rule) => rule,
            None => DateRule::PresentState,
        };
        Ok(Self {
            about: About {
                id: checked.id,
                kind: "sql",
                categories,
                date_rule,
                lies_in,
            },
            address: checked.address,
            password: checked.password,
            timeout: checked.timeout,
            account: checked.account,
            utc: checked.utc,
            tables,
        })
    }

    pub(crate) fn id(&self) -> &str {
        &self.about.id
    }

    /// What the configuration calls a table's statement.
    pub(crate) fn field(&self, table: &Table) -> String {
        format!("table {}", table.name)
    }

    pub(crate) fn at(&self, fault: Fault, field: &str) -> SourceError {
        fault.at(self.id(), &self.address.to_string(), field)
    }

    pub(crate) fn ask_account<'a>(
        &'a self,
        small: &'a [&'a str],
        identifier: (String, Cell),
    ) -> AskAccount<'a> {
        AskAccount {
            account: &self.account,
            small,
            values: Values::from([identifier]),
        }
    }

    /// Lets `reader` read in one transaction.
    fn read<T>(
        &self,
        reader: impl FnOnce(&mut dyn Session) -> Result<T, SourceError>,
    ) -> Result<T, SourceError> {
        let password = self.password.as_ref().map(|password| password.as_str());
        let read = match &self.address {
            Address::Sqlite(file) => sqlite::read(file.clone(), reader),
            Address::Server(server) => match server.kind {
                Kind::Mysql => mariadb::read(server, password, self.timeout, reader),
                _ => postgresql::read(server, password, self.timeout, reader),
            },
        };
        read.map_err(|fault| self.at(fault, "database"))
    }

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
                fields: &table.columns,
                order: table.row.as_deref(),
                within: table.within(&judge, every),
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
