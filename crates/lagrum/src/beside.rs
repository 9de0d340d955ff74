//! What this machine knows beside the desk: the agents whose configuration lies here, too.

use lagrum_desk::Beside;
use lagrum_model::{EmailAddress, Region};
use lagrum_setup::Place;

/// The agents below the same directory.
pub struct Here(pub Place);

impl Beside for Here {
    fn unknown_accounts(
        &self,
        region: &Region,
        accounts: &[EmailAddress],
    ) -> Option<Result<Vec<EmailAddress>, String>> {
        let file = self.0.agents().join(region.as_str()).join("agent.toml");
        let asked = || {
            let unknown = lagrum_agent::unknown_accounts(&file, accounts);
            unknown.map_err(|e| e.to_string())
        };
        file.exists().then(asked)
    }
}
