//! A search without a mandate, for the tests of a form of rows.

use std::sync::Arc;

use lagrum_model::{AccountIdentifier, Category, Period};

use super::{AccessLog, AccessLogConfig, Asked, LogKind, RowForm};
use crate::{Context, Run, SearchResult, Seen, Sink, SourceConfig, SourceError, Wanted};

fn log(
    config: &SourceConfig,
    context: &Context<'_>,
    form: Arc<dyn RowForm>,
) -> Result<AccessLog, SourceError> {
    let config = AccessLogConfig {
        kind: LogKind::Rows(form.kind()),
        ..config.read()?
    };
    AccessLog::open(&config, context.base_directory, Some(form))
}

/// Searches a log for one account.
///
/// # Errors
/// As a search.
pub fn search(
    (config, context, form): (&SourceConfig, &Context<'_>, Arc<dyn RowForm>),
    account: &AccountIdentifier,
    category: Category,
    period: Period,
    run: Run<'_>,
    sink: &mut dyn Sink,
) -> Result<SearchResult, SourceError> {
    let asked = Asked {
        wanted: Wanted::of(account),
        category,
        period,
    };
    let mut found = log(config, context, form)?.answer(&[asked], run, sink)?;
    Ok(found.remove(0))
}

/// Looks up who is meant within a window.
///
/// # Errors
/// As a look-up.
pub fn look_up(
    (config, context, form): (&SourceConfig, &Context<'_>, Arc<dyn RowForm>),
    identifier: &AccountIdentifier,
    window: Period,
    run: Run<'_>,
) -> Result<Option<Seen>, SourceError> {
    let log = log(config, context, form)?;
    let mut found = log.who_used(&[(identifier, Some(window))], run)?;
    Ok(found.remove(0))
}
