//! The figures for programs.

use std::fmt::Write as _;

use lagrum_figures::Figure;
use serde_json::{Map, Value, json};

use crate::Published;

/// The names of the files.
pub(crate) const CSV: &str = "figures.csv";
pub(crate) const JSON: &str = "figures.json";

/// Both ends of a figure.
pub(crate) fn ends(figure: Figure) -> (u64, u64) {
    match figure {
        Figure::Exactly(number) => (number, number),
        Figure::Between(low, high) => (low, high),
    }
}

/// RFC 4180, with a header.
pub(crate) fn csv(published: &Published<'_>) -> String {
    let mut text = "figure,low,high\r\n".to_owned();
    for (cell, figure) in &published.figures {
        let (low, high) = ends(*figure);
        let _ = write!(text, "{},{low},{high}\r\n", field(&cell.name()));
    }
    text
}

fn field(text: &str) -> String {
    match text.contains([',', '"', '\r', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

pub(crate) fn json(published: &Published<'_>) -> String {
    let figure = |figure: Figure| {
        let (low, high) = ends(figure);
        json!({ "low": low, "high": high })
    };
    let figures = published.figures.iter();
    let figures: Map<String, Value> = figures
        .map(|(cell, one)| (cell.name(), figure(*one)))
        .collect();
    let all = json!({
        "period": published.period.to_string(),
        "view": published.view,
        "provider": published.provider,
        "digest": hex::encode(published.digest),
        "figures": figures,
    });
    format!("{all:#}\n")
}
