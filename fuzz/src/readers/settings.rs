//! Files of settings, however they were written: read or refused.
use lagrum_access::People;
use lagrum_agent::AgentConfig;
use lagrum_desk::{Authorities, DeskConfig, DirectoryFile};
use lagrum_mandate::{Recipients, Roster};
use lagrum_package::Trust;

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(roster) = Roster::parse(text) {
        let written = toml::to_string(&roster).expect("a roster is TOML-safe");
        assert_eq!(
            Roster::parse(&written)
                .expect("what was written")
                .people()
                .len(),
            roster.people().len()
        );
    }
    if let Ok(trust) = Trust::parse(text) {
        Trust::parse(&trust.to_text()).expect("what was written can be read");
    }
    let _ = Recipients::parse(text);
    let _ = lagrum_log::CheckpointPolicy::parse(text);
    let _ = People::parse(text);
    let _ = toml::from_str::<AgentConfig>(text);
    let _ = toml::from_str::<DeskConfig>(text);
    let _ = toml::from_str::<DirectoryFile>(text);
    let _ = toml::from_str::<Authorities>(text);
}
