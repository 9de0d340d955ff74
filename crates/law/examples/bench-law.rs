//! Demands per second on one core, and the same requests put to the bare Cedar authorizer.
//! `dev/bench-law` runs it; it prints and judges nothing.

use std::hint::black_box;
use std::time::{Duration, Instant};

use cedar_policy::Authorizer;
use jiff::civil::date;
use lagrum_law::{LawPacks, Question};
use lagrum_model::testing::{PERMITTED, country, demand};
use lagrum_model::{AskedPeriod, Basis, Category, Controller, Holding, Moment, Moments, Region};

const HOLDINGS: usize = 50;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let packs = LawPacks::embedded()?;
    let law = packs.in_force(date(2026, 11, 21))?;
    let bases = bases()?;
    // Open at its end, so that it is cut at the receipt: what takes longest.
    let from = "2026-01-01T00:00:00Z".parse()?;
    let period = Some(AskedPeriod::new(Some(from), None)?);
    let holdings = holdings()?;
    println!(
        "{} rules in force; {} kinds of demand, each with {HOLDINGS} distinct holdings",
        law.rules().count(),
        bases.len()
    );

    let mut ours = Duration::MAX;
    let mut bare = Duration::MAX;
    let mut slowest = Duration::ZERO;
    // The fastest of several rounds is the least disturbed by what else the machine does.
    for _ in 0..20 {
        let start = Instant::now();
        let mut worst = Duration::ZERO;
        for basis in &bases {
            let one = Instant::now();
            let law = law.for_basis(basis)?;
            let part = law.part(true, period)?;
            for holding in &holdings {
                black_box(part.reach(holding, &[])?);
            }
            worst = worst.max(one.elapsed());
        }
        let took = start.elapsed();
        if took < ours {
            (ours, slowest) = (took, worst);
        }

        let start = Instant::now();
        for basis in &bases {
            for holding in &holdings {
                let named = true;
                let (request, entities) = law.in_cedar(&Question {
                    basis,
                    holding,
                    named,
                    period,
                    sub_categories: &[],
                })?;
                black_box(Authorizer::new().is_authorized(&request, law.policies(), &entities));
            }
        }
        bare = bare.min(start.elapsed());
    }
    let each = ours / u32::try_from(bases.len())?;
    let bare = bare / u32::try_from(bases.len())?;
    println!(
        "one demand: {each:.2?} on average ({:.1?} for a finding), {slowest:.2?} the slowest kind",
        each / u32::try_from(HOLDINGS)?
    );
    println!(
        "{:.0} demands a second on one core",
        1.0 / each.as_secs_f64()
    );
    println!(
        "Cedar's authorizer on the same requests, which gives a decision and no finding: {bare:.2?} a demand ({:.0} a second); ratio {:.2}",
        1.0 / bare.as_secs_f64(),
        bare.as_secs_f64() / each.as_secs_f64()
    );
    Ok(())
}

/// Demands of several countries, with several instruments.
fn bases() -> Result<Vec<Basis>, Box<dyn std::error::Error>> {
    let mut bases = Vec::new();
    for (asking, authority, instrument, issuer, addressee, signature) in [
        (
            "US",
            "prosecutor",
            "search-warrant",
            "judge",
            "US",
            "handwritten",
        ),
        ("US", "prosecutor", "subpoena", "other", "US", "handwritten"),
        (
            "IE",
            "police",
            "production-order",
            "judge",
            "IE",
            "handwritten",
        ),
        (
            "SE",
            "police",
            "court-decision",
            "judge",
            "SE",
            "handwritten",
        ),
        (
            "DK",
            "police",
            "court-decision",
            "judge",
            "SE",
            "handwritten",
        ),
        (
            "DE",
            "prosecutor",
            "european-production-order",
            "judge",
            "IE",
            "qualified",
        ),
        (
            "DE",
            "prosecutor",
            "european-production-order",
            "prosecutor",
            "SE",
            "qualified",
        ),
        (
            "GB",
            "central-authority",
            "production-order",
            "judge",
            "US",
            "handwritten",
        ),
    ] {
        let demand = demand(&[
            PERMITTED,
            &format!(
                r#"
[authority]
country = "{asking}"
kind = "{authority}"
[instrument]
kind = "{instrument}"
country = "{asking}"
issued_by = {{ name = "Issuer", kind = "{issuer}" }}
signatures = [{{ name = "Issuer", form = "{signature}" }}]
[addressee]
country = "{addressee}"
"#
            ),
        ]);
        let received = "2026-11-03T09:00:00Z".parse()?;
        let happened = Moments::new().with(Moment::Received, received);
        bases.push(demand.basis(true, false).after(&happened));
    }
    Ok(bases)
}

/// Fifty holdings, no two alike.
fn holdings() -> Result<Vec<Holding>, Box<dyn std::error::Error>> {
    let mut holdings = Vec::new();
    for resides_in in ["SE", "US"] {
        for controller in [Controller::Consumer, Controller::Enterprise] {
            for stored_in in ["US", "IE", "SE", "DE"] {
                for category in Category::ALL {
                    let region = Region::parse("somewhere")?;
                    let place = country(stored_in);
                    holdings.push(Holding {
                        holder_resides_in: Some(country(resides_in)),
                        ..Holding::new(category, region, place, controller)
                    });
                }
            }
        }
    }
    holdings.truncate(HOLDINGS);
    assert_eq!(holdings.len(), HOLDINGS, "the benchmark says how many");
    Ok(holdings)
}
