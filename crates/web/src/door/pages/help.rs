//! What officers ask, and our own files.

use maud::html;

use super::super::Visitor;
use super::super::frame::{Frame, page as framed};
use crate::error::Problem;
use crate::files;
use crate::reply::Reply;

/// One of our own files.
pub(crate) fn file(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    files::named(visitor.param("version")?, visitor.param("name")?)
}

/// How it goes, and how an answer is opened and checked, also without our program.
pub(crate) fn page(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    let title = visitor.say("door-nav-help");
    let frame = Frame {
        title: &title,
        at: "help",
        ..Frame::default()
    };
    Ok(framed(
        visitor,
        200,
        &frame,
        html! {
            h1 { (title) }
            ol { @for number in 1..=5 { li { (visitor.say(&format!("door-help-{number}"))) } } }
            h2 { (visitor.say("door-open-title")) }
            p { (visitor.say("door-open-lagrum")) }
            p { (visitor.say("door-open-age")) }
            pre.mono { code { "age -d -i my.key package.tar.age | tar x" } }
            p { (visitor.say("door-open-passphrase")) }
            pre.mono { code { "age -d package.tar.age | tar x" } }
            p { (visitor.say("door-open-gpg")) }
            pre.mono { code { "gpg --decrypt package.tar.pgp | tar x" } }
            p { (visitor.say("door-open-smime")) }
            pre.mono { code { "openssl cms -decrypt -inform DER -in package.tar.p7m -inkey my.key -out package.tar" } }
            p { (visitor.say("door-open-volumes")) }
            pre.mono { code { "cat package.tar.age.* | age -d -i my.key | tar x" } }
            p { (visitor.say("door-open-digest")) }
            pre.mono { code { "sha256sum package.tar.age" } }
            p { (visitor.say("door-open-trust")) }
            h2 { (visitor.say("door-recorded-title")) }
            p { (visitor.say("door-recorded")) }
        },
    ))
}
