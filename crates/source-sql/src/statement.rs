//! The operator's statements: what they may be, and which parameters they name.
//!
//! What one kind of database takes for a comment or the end of a text, another does not. So nothing is let in of
//! which that could be asked: no comments, no backslashes, no dollar signs, no second statement.

use std::fmt::Write as _;

use crate::address::Kind;

/// A checked statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Statement(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Parameter(String),
}

/// Words of statements that change something, or that a reader does not need. As names they are written in
/// quotation marks.
const CHANGING: [&str; 22] = [
    "insert", "update", "delete", "merge", "into", "truncate", "drop", "alter", "create", "grant",
    "revoke", "call", "copy", "lock", "attach", "pragma", "outfile", "dumpfile", "vacuum",
    "handler", "execute", "prepare",
];

/// Words that leave rows out without saying so, of the query itself: what stands in brackets is the operator's own
/// choice. OFFSET alone and FETCH are none in SQLite, and columns may be called so there.
fn cuts(word: &str, kind: Kind) -> bool {
    match word {
        "limit" => true,
        "fetch" | "offset" => kind != Kind::Sqlite,
        "tablesample" => kind == Kind::Postgres,
        _ => false,
    }
}

impl Statement {
    /// Checks a statement of the operator for a database of this kind.
    ///
    /// # Errors
    /// What is wrong with it, and the way out.
    pub(crate) fn parse(text: &str, kind: Kind) -> Result<Self, String> {
        let text = text.trim();
        let text = text.strip_suffix(';').unwrap_or(text).trim_end();
        let mut reader = Reader::new(text, kind);
        reader.read()?;
        match reader.words.first().map(|(word, _)| word.as_str()) {
            Some("select" | "with") => {}
            _ => return Err("begins with neither SELECT nor WITH; write a query".into()),
        }
        let changing = |(word, _): &&(String, u32)| CHANGING.contains(&word.as_str());
        if let Some((word, _)) = reader.words.iter().find(changing) {
            return Err(format!(
                "holds the word {}, which no reader needs; a name that is called so stands in quotation marks",
                word.to_uppercase()
            ));
        }
        let cutting = |(word, depth): &&(String, u32)| *depth == 0 && cuts(word, kind);
        if let Some((word, _)) = reader.words.iter().find(cutting) {
            return Err(format!(
                "holds the word {} outside of brackets, with which rows are left out and nothing says so; take it out (the period is set around the statement). A name that is called so stands in quotation marks",
                word.to_uppercase()
            ));
        }
        if reader.depth != 0 {
            return Err("has a bracket that is not closed".into());
        }
        reader.end_text();
        Ok(Self(reader.pieces))
    }

    /// The statement for all columns of a table where a column is a parameter.
    pub(crate) fn of_table(table: &str, key: &str, parameter: &str, kind: Kind) -> Self {
        let quoted: Vec<_> = table.split('.').map(|part| kind.quoted(part)).collect();
        let (table, key) = (quoted.join("."), kind.quoted(key));
        let text = format!("select t.* from {table} t where t.{key} = ");
        Self(vec![
            Piece::Text(text),
            Piece::Parameter(parameter.to_owned()),
        ])
    }

    /// The parameters that it names, each as often as it stands there.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Parameter(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// Its text with parameters by number, each behind `sign` (`$1`), and their names in that order: one that occurs
    /// twice has one number.
    pub(crate) fn numbered(&self, sign: char) -> (String, Vec<String>) {
        let mut names: Vec<String> = Vec::new();
        let text = self.filled(|name| {
            let place = names.iter().position(|known| known == name);
            let place = place.unwrap_or_else(|| {
                names.push(name.to_owned());
                names.len() - 1
            });
            format!("{sign}{}", place + 1)
        });
        (text, names)
    }

    /// Its text, with what `place` gives for each parameter.
    pub(crate) fn filled(&self, mut place: impl FnMut(&str) -> String) -> String {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                // Writing to a String cannot fail.
                Piece::Parameter(name) => {
                    let _ = write!(text, "{}", place(name));
                }
            }
        }
        text
    }
}

struct Reader<'t> {
    rest: &'t str,
    kind: Kind,
    text: String,
    pieces: Vec<Piece>,
    /// In small letters, each with how many brackets are open around it.
    words: Vec<(String, u32)>,
    depth: u32,
}

impl<'t> Reader<'t> {
    fn new(rest: &'t str, kind: Kind) -> Self {
        Self {
            rest,
            kind,
            text: String::new(),
            pieces: Vec::new(),
            words: Vec::new(),
            depth: 0,
        }
    }

    fn take(&mut self, length: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        self.text.push_str(taken);
        taken
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            self.pieces.push(Piece::Text(text));
        }
    }

    fn read(&mut self) -> Result<(), String> {
        if let Some(wrong) = self.rest.chars().find(|one| refused(*one)) {
            return Err(format!(
                "holds `{}`, which not every database reads alike; write it without",
                wrong.escape_default()
            ));
        }
        while let Some(first) = self.rest.chars().next() {
            match first {
                '\'' | '"' | '`' => self.quoted(first)?,
                '[' if self.kind == Kind::Sqlite => {
                    return Err("holds `[`; write names in double quotation marks".into());
                }
                '-' if self.rest.starts_with("--") => return Err(no_comments()),
                '/' if self.rest.starts_with("/*") => return Err(no_comments()),
                '#' if self.kind == Kind::Mysql => return Err(no_comments()),
                ';' => return Err("holds several statements; write one".into()),
                '?' if self.kind != Kind::Postgres => return Err(no_marks('?')),
                '@' if self.kind != Kind::Postgres => return Err(no_marks('@')),
                ':' => self.colon()?,
                '(' => {
                    self.depth += 1;
                    self.take(1);
                }
                ')' => {
                    self.depth = self
                        .depth
                        .checked_sub(1)
                        .ok_or("closes a bracket that is not open")?;
                    self.take(1);
                }
                _ if is_word(first) => {
                    let length = self
                        .rest
                        .find(|one| !is_word(one))
                        .unwrap_or(self.rest.len());
                    let word = self.take(length).to_ascii_lowercase();
                    self.words.push((word, self.depth));
                }
                other => {
                    self.take(other.len_utf8());
                }
            }
        }
        Ok(())
    }

    /// A text or a name in quotation marks; two of them stand for one.
    fn quoted(&mut self, mark: char) -> Result<(), String> {
        let end = self.rest[1..]
            .find(mark)
            .ok_or_else(|| format!("has a quotation mark {mark} that is not closed"))?;
        self.take(end + 2);
        Ok(())
    }

    fn colon(&mut self) -> Result<(), String> {
        if self.rest.starts_with("::") {
            self.take(2);
            return Ok(());
        }
        let name = &self.rest[1..];
        let length = name.find(|one| !is_word(one)).unwrap_or(name.len());
        let name = &name[..length];
        if !is_name(name) {
            return Err("has a colon that begins no parameter".into());
        }
        self.end_text();
        self.pieces.push(Piece::Parameter(name.to_owned()));
        self.rest = &self.rest[1 + length..];
        Ok(())
    }
}

fn refused(one: char) -> bool {
    matches!(one, '\\' | '$') || one.is_control() && !matches!(one, '\n' | '\r' | '\t')
}

fn is_word(one: char) -> bool {
    one.is_alphanumeric() || one == '_'
}

fn no_comments() -> String {
    "holds a comment; write it in the file, before the statement".into()
}

fn no_marks(mark: char) -> String {
    format!("holds `{mark}`; parameters are written as `:name`")
}

/// Whether it is a name of ASCII letters, digits and `_`, at most 64.
pub(crate) fn is_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    let first = bytes.next();
    first.is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && name.len() <= 64
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_found_and_nothing_that_only_looks_like_one() {
        let text = "WITH x AS (SELECT ':no', \"a:b\", it''s FROM t WHERE a = :account AND c::text = 'it''s :no')\n SELECT * FROM x WHERE d = :account or e=:user;";
        let text = text.replace("it''s FROM", "its FROM");
        let statement = Statement::parse(&text, Kind::Postgres).unwrap();
        let names: Vec<_> = statement.parameters().collect();
        assert_eq!(names, ["account", "account", "user"]);
        let filled = statement.filled(|name| format!("<{name}>"));
        assert!(
            filled.contains("a = <account> AND c::text = 'it''s :no')"),
            "{filled}"
        );
        assert!(filled.ends_with("e=<user>"), "{filled}");
    }

    #[test]
    fn what_is_no_single_query_is_refused() {
        for (text, why) in [
            ("", "neither SELECT"),
            ("delete from t", "neither SELECT"),
            ("explain select 1", "neither SELECT"),
            ("select 1; select 2", "several statements"),
            ("select 1 -- x", "comment"),
            ("select 1 /* x */", "comment"),
            ("select 'a", "not closed"),
            ("select (1", "not closed"),
            ("select 1) x; (select 2", "closes a bracket"),
            ("select 1) as q where (1", "closes a bracket"),
            ("select 'a\\'", "write it without"),
            ("select $1", "write it without"),
            ("select $$;$$", "write it without"),
            ("select '\0'", "write it without"),
            ("select a[1:2]", "begins no parameter"),
            (
                "with x as (delete from t returning *) select * from x",
                "DELETE",
            ),
            ("select * into y from t", "INTO"),
            ("select * from t for update", "UPDATE"),
            ("select 1 INTO OUTFILE 'x'", "INTO"),
        ] {
            let refused = Statement::parse(text, Kind::Postgres).unwrap_err();
            assert!(refused.contains(why), "{text}: {refused}");
        }
        for (text, kind) in [
            ("select ?", Kind::Sqlite),
            ("select @a", Kind::Mysql),
            ("select 1 # x", Kind::Mysql),
            ("select [a] from t", Kind::Sqlite),
        ] {
            assert!(Statement::parse(text, kind).is_err(), "{text}");
        }
        for (text, kind, word) in [
            ("select * from t limit 10", Kind::Sqlite, "LIMIT"),
            (
                "select a from t where k = :account\nLIMIT 0, 10;",
                Kind::Mysql,
                "LIMIT",
            ),
            (
                "select a from t union select b from u Limit 1",
                Kind::Postgres,
                "LIMIT",
            ),
            ("select a from t offset 1", Kind::Postgres, "OFFSET"),
            ("select a from t offset 5 rows", Kind::Mysql, "OFFSET"),
            (
                "select a from t fetch first 5 rows only",
                Kind::Postgres,
                "FETCH",
            ),
            (
                "select a from t fetch first 5 rows only",
                Kind::Mysql,
                "FETCH",
            ),
            (
                "select a from t tablesample system (1)",
                Kind::Postgres,
                "TABLESAMPLE",
            ),
        ] {
            let refused = Statement::parse(text, kind).unwrap_err();
            assert!(
                refused.contains(&format!("the word {word} outside")),
                "{refused}"
            );
        }
        for (text, kind) in [
            ("select \"limit\", 'limit 1', limits from t", Kind::Postgres),
            ("select `limit` from t", Kind::Mysql),
            ("select \"limit\", fetch, offset from t", Kind::Sqlite),
            (
                "select a, (select n from u where u.t = t.a order by n limit 1) as n from t",
                Kind::Postgres,
            ),
        ] {
            let parsed = Statement::parse(text, kind);
            assert!(parsed.is_ok(), "{text}: {parsed:?}");
        }
        let named = "select \"update\", `into`, updated from t";
        assert!(Statement::parse(named, Kind::Mysql).is_ok());
    }

    #[test]
    fn a_statement_of_a_table_quotes_its_names() {
        let of = |kind| {
            Statement::of_table("public.users", "id", "account", kind)
                .filled(|name| format!(":{name}"))
        };
        assert_eq!(
            of(Kind::Postgres),
            "select t.* from \"public\".\"users\" t where t.\"id\" = :account"
        );
        assert!(of(Kind::Mysql).contains("`public`.`users`"));
    }
}
