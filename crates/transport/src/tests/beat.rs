use super::InDirectory;
use crate::testing::beat;

#[test]
fn the_last_word_of_an_agent_is_there_whole_and_the_one_before_until_then() {
    beat::the_last_word_of_an_agent_is_there_whole_and_the_one_before_until_then::<InDirectory>();
}

#[test]
fn what_the_agent_of_the_region_did_not_sign_is_no_word_of_it() {
    beat::what_the_agent_of_the_region_did_not_sign_is_no_word_of_it::<InDirectory>();
}
