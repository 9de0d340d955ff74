//! What every transport must do, over HTTP.

use lagrum_transport::testing::{beat, hostile, steps};

use super::OverHttp;

#[test]
fn over_http_each_step_done_once_or_twice_has_the_same_effect() {
    steps::each_step_done_once_or_twice_has_the_same_effect::<OverHttp>();
}

#[test]
fn over_http_a_step_that_failed_anywhere_gives_the_same_when_it_is_done_again() {
    steps::a_step_that_failed_anywhere_gives_the_same_when_it_is_done_again::<OverHttp>();
}

#[test]
fn over_http_what_is_not_there_is_told_as_such() {
    steps::what_is_not_there_is_told_as_such::<OverHttp>();
}

#[test]
fn over_http_the_last_word_of_an_agent_is_there_whole_and_the_one_before_until_then() {
    beat::the_last_word_of_an_agent_is_there_whole_and_the_one_before_until_then::<OverHttp>();
}

#[test]
fn over_http_what_the_agent_of_the_region_did_not_sign_is_no_word_of_it() {
    beat::what_the_agent_of_the_region_did_not_sign_is_no_word_of_it::<OverHttp>();
}

#[test]
fn over_http_an_agent_fetches_nothing_through_links_and_pipes_and_everything_else_as_usual() {
    hostile::an_agent_fetches_nothing_through_links_and_pipes_and_everything_else_as_usual::<
        OverHttp,
    >();
}

#[test]
fn over_http_an_agent_writes_through_no_link_and_believes_no_planted_receipt() {
    hostile::an_agent_writes_through_no_link_and_believes_no_planted_receipt::<OverHttp>();
}

#[test]
fn over_http_a_desk_believes_only_the_agent_of_the_region_and_one_bad_answer_stops_no_other() {
    hostile::a_desk_believes_only_the_agent_of_the_region_and_one_bad_answer_stops_no_other::<
        OverHttp,
    >();
}

#[test]
fn over_http_a_desk_reads_and_writes_through_no_link() {
    hostile::a_desk_reads_and_writes_through_no_link::<OverHttp>();
}

#[test]
fn over_http_what_was_planted_in_the_place_of_a_mandate_is_no_offer() {
    hostile::what_was_planted_in_the_place_of_a_mandate_is_no_offer::<OverHttp>();
}
