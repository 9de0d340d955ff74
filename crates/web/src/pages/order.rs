//! Is everything in order?

use lagrum_documents::{order_answer, order_line};
use lagrum_model::{Goes, Line, Standing};
use maud::{Markup, html};

use crate::error::Problem;
use crate::look::{Frame, near, page, sign};
use crate::reply::Reply;
use crate::visit::Visit;

/// The lines, in their groups.
pub(crate) fn check(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let found = visit.ask(|session| session.check())?;
    let title = order_answer(&found.lines, visit.phrases());
    let frame = Frame {
        title: &title,
        at: "order",
        ..Frame::default()
    };
    let at = near(visit, found.at);
    Ok(page(
        visit,
        200,
        &frame,
        html! {
            div.lead {
                h1 { (title) }
                span.second { (visit.fill("order-checked", &[("at", &at)])) " · " (visit.say("setup-same-as")) }
                span.right { a.buttonlike href="/order" { (visit.say("setup-check-again")) } }
            }
            @for standing in Standing::ALL {
                @let here: Vec<_> = found.of(standing).collect();
                @if !here.is_empty() {
                    h2 { (visit.say(&format!("order-group-{}", standing.as_str()))) " · " (here.len()) }
                    @if standing == Standing::NotKnown { p.second { (visit.say("order-not-known-lead")) } }
                    ul.order { @for line in here { (one(visit, line)) } }
                }
            }
        },
    ))
}

fn one(visit: &Visit<'_>, line: &Line) -> Markup {
    let said = order_line(line, &visit.zone(), visit.phrases());
    let (class, drawn) = match line.standing {
        Standing::NotInOrder => ("late", "square"),
        Standing::Soon => ("soon", "triangle"),
        Standing::InOrder => ("good", "tick"),
        Standing::NotKnown => ("notknown", "dashed-ring"),
    };
    let to = match line.matter.goes() {
        Goes::Agents => "/agents".to_owned(),
        Goes::Case(case) => format!("/cases/{case}"),
        Goes::People => "/people".to_owned(),
        Goes::Authorities => "/authorities".to_owned(),
        Goes::Law => "/packs".to_owned(),
        Goes::Accounts | Goes::Settings => "/settings".to_owned(),
    };
    // What is in order leads somewhere only where there is something to see of it.
    let idle = line.standing == Standing::InOrder && to == "/settings";
    let there = !idle && may_see(visit, &to);
    html! {
        li.(class) {
            (sign(drawn))
            div {
                strong.unknown[line.standing == Standing::NotKnown] { (said.what) }
                span.second { (said.means) }
            }
            @if there { a href=(to) { (said.goes) span.hidden { ": " (said.what) } } }
        }
    }
}

/// Whether the person's role lets them see the page that a line leads to.
fn may_see(visit: &Visit<'_>, to: &str) -> bool {
    use lagrum_access::Action;
    match to {
        "/people" => true,
        "/authorities" => visit.may(Action::ReadList),
        "/agents" | "/packs" | "/settings" => visit.may(Action::ReadSetup),
        _ => visit.may(Action::ReadCase),
    }
}
