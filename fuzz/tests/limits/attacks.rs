//! Inputs that are made to cost more than they hold.

mod certificates;
mod columns;
mod law;
mod mail;
mod packages;
mod tables;
mod texts;

/// An attack on one reader.
pub struct Attack {
    /// Which.
    pub reader: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Makes it.
    pub bytes: Box<dyn Fn() -> Vec<u8> + Send + Sync>,
    /// How many bytes are read of it, where that is more than it has: it is packed.
    pub read: u64,
}

const MIB: usize = 1 << 20;
const ENVELOPE: &str = "From ek@kvist.example Mon Mar  9 12:00:00 2026\n";
const DATE: &str = "Date: Mon, 9 Mar 2026 12:00:00 +0000\n";
const ACCOUNT: &str = "bjork@kvist.example";

/// `text` over and over, up to `length` bytes.
fn filled(text: &str, length: usize) -> Vec<u8> {
    text.as_bytes()
        .iter()
        .copied()
        .cycle()
        .take(length)
        .collect()
}

/// The same between two other texts.
fn between(begin: &str, text: &str, length: usize, end: &str) -> Vec<u8> {
    [
        begin.as_bytes(),
        &filled(text, length - length % text.len().max(1)),
        end.as_bytes(),
    ]
    .concat()
}

fn attack(
    reader: &'static str,
    name: &'static str,
    bytes: impl Fn() -> Vec<u8> + Send + Sync + 'static,
) -> Attack {
    Attack {
        reader,
        name,
        bytes: Box::new(bytes),
        read: 0,
    }
}

/// Every attack.
pub fn all() -> Vec<Attack> {
    let mut all = texts::all();
    all.extend(packages::all());
    all.extend(mail::all());
    all.extend(tables::all());
    all.extend(law::all());
    all.extend(columns::all());
    all.extend(certificates::all());
    all
}

/// A text between two others, as the whole of an input.
type Text = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    usize,
    &'static str,
);

fn of_texts(all: &'static [Text]) -> impl Iterator<Item = Attack> {
    all.iter().map(|&(reader, name, begin, text, length, end)| {
        attack(reader, name, move || between(begin, text, length, end))
    })
}
