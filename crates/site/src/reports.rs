//! The reports that lie beside the pages.

use lagrum_documents::Phrases;
use maud::{Markup, html};

use crate::frame::{say, typed};
use crate::shown::{Logged, ReportLine, Site};

pub(crate) fn page(site: &Site<'_>, words: &Phrases) -> Markup {
    let said = |name: &str| say(site, words, name);
    html! {
        p .lead { (said("public-reports-lead")) }
        @if site.reports.is_empty() {
            p { (said("public-reports-none")) }
        } @else {
            table {
                thead { tr {
                    @for column in ["period", "view", "entry"] {
                        th scope="col" { (said(&format!("public-reports-{column}"))) }
                    }
                } }
                tbody { @for report in site.reports { (row(report, words)) } }
            }
            p .under { (said("public-reports-again")) }
            p { (said("public-check-report-says")) }
            (typed(site.commands.report))
        }
    }
}

fn row(report: &ReportLine, words: &Phrases) -> Markup {
    let page = lagrum_published::page_file(words.language());
    let link = format!("{}/{page}", report.directory);
    html! {
        tr {
            th scope="row" {
                a href=(link) { (words.fill("public-reports-period-says", &[("period", &report.period)])) }
            }
            td { (report.view) }
            td {
                @match report.logged {
                    Logged::At(entry) => { (entry) }
                    Logged::NotYet => { (words.word("public-reports-waiting")) }
                    Logged::Another => { (words.word("public-reports-doubtful")) }
                }
            }
        }
    }
}
