//! An officer of an authority who is known at the door.

use lagrum_desk::NewOfficer;
use lagrum_model::CountryCode;

use crate::{ANALYST, Demo};

/// Makes the officer known, as an analyst does after a call on the number of the list. Once.
pub(crate) fn admit(demo: &mut Demo<'_>) -> anyhow::Result<()> {
    let desk = demo.place.open_desk()?;
    let user = lagrum_access::current_user()?;
    let analyst = desk.people()?.principal_of_user(&user, Some(ANALYST))?;
    let mut session = desk.session(analyst, demo.time, demo.random);
    if session.officers()?.is_empty() {
        session.admit_officer(&NewOfficer {
            name: "Ingrid Sköld",
            authority: "Polismyndigheten, Nationella operativa avdelningen",
            country: CountryCode::parse("SE").map_err(anyhow::Error::msg)?,
            email: "ingrid.skold@polisen.example",
            answered_by: "the duty desk",
        })?;
    }
    Ok(())
}
