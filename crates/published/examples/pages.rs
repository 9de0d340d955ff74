//! Writes the files of made-up reports below a directory, to look at: `cargo run --features pdf --example pages -- DIR`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use lagrum_figures::{Cell, Class, CodeBook, Figure, Of, Period, Plan};
use lagrum_model::CountryCode;
use lagrum_published::{Corrected, Published};

const COUNTRIES: &str =
    "AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK US";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = std::env::args_os().nth(1).ok_or("name a directory")?;
    let class = |outcome: &str| Class::Answered {
        country: Some("SE".to_owned()),
        instrument: "court-decision".to_owned(),
        outcome: outcome.to_owned(),
    };
    let corrected = Corrected {
        count: 1,
        from: class("refused"),
        to: class("produced-in-part"),
    };
    for (name, few, own, sealed, counted) in [
        ("bands", false, 10, 250, many as fn(&Cell) -> u64),
        ("exact", true, 1, 250, some),
        ("small", false, 10, 250, none),
        ("none", true, 1, 1, none),
        ("one", true, 1, 1, one),
    ] {
        let countries = if few { "DK IE SE US" } else { COUNTRIES };
        let countries: Result<BTreeSet<CountryCode>, _> =
            countries.split(' ').map(CountryCode::parse).collect();
        let plan = Plan {
            band: own,
            sealed,
            ..Plan::default()
        };
        let cells = plan.cells(&CodeBook::of(&countries?));
        let figures: Vec<_> = cells
            .into_iter()
            .map(|cell| {
                let (width, number) = (u64::from(plan.width(&cell)), counted(&cell));
                let figure = match width {
                    1 => Figure::Exactly(number),
                    width => {
                        Figure::Between(number / width * width, number / width * width + width - 1)
                    }
                };
                (cell, figure)
            })
            .collect();
        let published = Published {
            provider: "Brev & Moln AB",
            period: Period::parse("2027H1")?,
            view: if few { 2 } else { 1 },
            figures,
            corrections: few.then(|| corrected.clone()).into_iter().collect(),
            planned: !few,
            digest: [0x5a; 32],
            log_origin: "brevochmoln.example/lagrum".to_owned(),
            verify: "lagrum verify DIR --trust trust.toml --log LOG",
        };
        let directory = PathBuf::from(&out).join(name);
        std::fs::create_dir_all(&directory)?;
        if let Some(why) = published.write(&directory)? {
            println!("{name}: no PDF: {why}");
        }
    }
    Ok(())
}

fn many(cell: &Cell) -> u64 {
    match cell.name().as_str() {
        "received" => 1312,
        "pending" => 61,
        "accounts" => 1204,
        "country.SE" => 842,
        "country.DE" => 133,
        "country.DK" | "instrument.subpoena" => 48,
        "country.US" => 31,
        "country.other" => 12,
        "instrument.court-decision" => 412,
        "instrument.police-request" => 388,
        "instrument.digital-services-order" => 160,
        "outcome.produced" => 512,
        "outcome.produced-in-part" => 233,
        "outcome.refused" => 214,
        "outcome.nothing-found" => 80,
        _ => 3,
    }
}

fn some(cell: &Cell) -> u64 {
    match &cell.of {
        Of::Received => 7,
        Of::Pending => 1,
        Of::Accounts => 4,
        Of::Country(Some(code)) if code == "SE" || code == "DK" => 3,
        Of::Instrument(kind) if kind == "court-decision" => 5,
        Of::Instrument(kind) if kind == "police-request" => 1,
        Of::Outcome(outcome) if outcome == "produced" => 4,
        Of::Outcome(outcome) if outcome == "refused" || outcome == "preserved" => 1,
        _ => 0,
    }
}

fn one(cell: &Cell) -> u64 {
    match cell.name().as_str() {
        "received" | "accounts" | "country.SE" => 1,
        "instrument.court-decision" | "outcome.produced" => 1,
        _ => 0,
    }
}

fn none(_: &Cell) -> u64 {
    0
}
