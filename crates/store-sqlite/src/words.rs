//! By which words cases are found.

use lagrum_model::CaseId;
use lagrum_store::{StoreError, WordTag};
use rusqlite::{Connection, params, params_from_iter};

use crate::error::failure;
use crate::rows::{all, one};

/// In so many cases a word is rare: they are looked up one by one.
const RARE: u32 = 1000;

/// The tags of the words of a case, in ascending order.
pub(crate) fn of_case(connection: &Connection, case: &CaseId) -> Result<Vec<WordTag>, StoreError> {
    all(
        connection,
        "select word from summary_word where year = ?1 and number = ?2 order by word",
        params![case.year(), case.number()],
        |row| row.get(0).map(WordTag),
    )
}

/// Writes what is new, and removes what is no more.
pub(crate) fn put(
    connection: &Connection,
    case: &CaseId,
    words: &[WordTag],
) -> Result<(), StoreError> {
    let there = of_case(connection, case)?;
    let each = |statement: &str, from: &[WordTag], not_in: &[WordTag]| {
        let mut statement = connection.prepare_cached(statement).map_err(failure)?;
        for word in from
            .iter()
            .filter(|word| not_in.binary_search(word).is_err())
        {
            let values = params![word.0, case.year(), case.number()];
            statement.execute(values).map_err(failure)?;
        }
        Ok::<_, StoreError>(())
    };
    each(
        "delete from summary_word where word = ?1 and year = ?2 and number = ?3",
        &there,
        words,
    )?;
    each(
        "insert into summary_word (word, year, number) values (?1, ?2, ?3)",
        words,
        &there,
    )
}

/// Words that are asked for, the rarest first.
pub(crate) struct Asked {
    pub(crate) words: Vec<i64>,
    /// Whether the first leaves few cases.
    pub(crate) rare: bool,
}

/// Looks how rare each word is: the plan depends on it, and is made before it is known.
pub(crate) fn asked(connection: &Connection, words: &[WordTag]) -> Result<Asked, StoreError> {
    let mut found = Vec::with_capacity(words.len());
    for word in words {
        let cases: Option<u32> = one(
            connection,
            "select count(*) from (select 1 from summary_word where word = ?1 limit ?2)",
            params![word.0, RARE + 1],
            |row| row.get(0),
        )?;
        found.push((cases.unwrap_or_default(), word.0));
    }
    found.sort_unstable();
    Ok(Asked {
        rare: found.first().is_some_and(|(cases, _)| *cases <= RARE),
        words: found.into_iter().map(|(_, word)| word).collect(),
    })
}

/// How many cases have all of these words, without looking at the cases.
pub(crate) fn count(connection: &Connection, asked: &Asked) -> Result<u64, StoreError> {
    let also = "and exists (select 1 from summary_word as other
        where other.word = ? and other.year = w.year and other.number = w.number)";
    let others = asked.words.len().saturating_sub(1);
    let found: Option<u64> = one(
        connection,
        &format!(
            "select count(*) from summary_word as w where w.word = ? {}",
            also.repeat(others)
        ),
        params_from_iter(&asked.words),
        |row| row.get(0),
    )?;
    Ok(found.unwrap_or_default())
}

#[cfg(test)]
mod tests;
