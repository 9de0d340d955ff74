//! Servers that break the rules: whatever they do, a try ends, and takes in no more than it may.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use lagrum_outgoing::{MailSettings, NotSent, Security, send};

use super::letter;

/// A server on this machine that does `what` with its first connections.
fn server(what: impl Fn(TcpStream) + Send + 'static) -> MailSettings {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            what(stream);
        }
    });
    MailSettings {
        server: "127.0.0.1".to_owned(),
        port,
        security: Security::None,
        login: None,
        from: "desk@kvist.example".to_owned(),
        address: "desk@kvist.example".to_owned(),
        certificates: vec![],
        letters: vec![],
    }
}

/// Greets, and answers each line with the next of `answers`; then closes.
fn says(answers: &'static [&'static str]) -> MailSettings {
    server(move |stream| {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut stream = stream;
        for answer in answers {
            if stream.write_all(answer.as_bytes()).is_err() {
                return;
            }
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            // The text of a mail ends with a dot.
            if answer.starts_with("354") {
                while line != ".\r\n" {
                    line.clear();
                    if reader.read_line(&mut line).unwrap_or(0) == 0 {
                        return;
                    }
                }
            }
        }
    })
}

fn tried(settings: &MailSettings) -> Result<u16, NotSent> {
    let begin = Instant::now();
    let done = send(settings, &letter("ann@polisen.example", "text"));
    assert!(
        begin.elapsed() < Duration::from_secs(90),
        "{:?}",
        begin.elapsed()
    );
    done.map(|taken| taken.code)
}

#[test]
fn a_server_that_breaks_off_anywhere_took_nothing() {
    let answers = [
        "220 here\r\n",
        "250-here\r\n250 8BITMIME\r\n",
        "250 from\r\n",
        "250 to\r\n",
        "354 go on\r\n",
    ];
    for count in 0..answers.len() {
        let some: &'static [&'static str] = Box::leak(answers[..count].to_vec().into());
        assert_eq!(tried(&says(some)), Err(NotSent::BrokeOff), "{count}");
    }
    let whole: &'static [&'static str] =
        Box::leak([&answers[..], &["250 taken\r\n"]].concat().into());
    assert_eq!(tried(&says(whole)), Ok(250));
}

#[test]
fn no_and_not_now_are_told_apart_wherever_they_are_said() {
    for (answers, expected) in [
        (&["554 go away\r\n"][..], NotSent::No(554)),
        (&["421 too busy\r\n"], NotSent::NotNow(421)),
        (&["220 x\r\n", "502 what\r\n"], NotSent::No(502)),
        (
            &["220 x\r\n", "250 x\r\n", "451 later\r\n"],
            NotSent::NotNow(451),
        ),
        (
            &["220 x\r\n", "250 x\r\n", "250 x\r\n", "550 nobody\r\n"],
            NotSent::No(550),
        ),
        (
            &[
                "220 x\r\n",
                "250 x\r\n",
                "250 x\r\n",
                "250 x\r\n",
                "452 full\r\n",
            ],
            NotSent::NotNow(452),
        ),
        (
            &[
                "220 x\r\n",
                "250 x\r\n",
                "250 x\r\n",
                "250 x\r\n",
                "354 x\r\n",
                "554 no\r\n",
            ],
            NotSent::No(554),
        ),
        (&["hello\r\n"], NotSent::BrokeOff),
        (&["\u{0}\u{1}\r\n"], NotSent::BrokeOff),
        (&["999 what\r\n"], NotSent::BrokeOff),
    ] {
        assert_eq!(tried(&says(answers)), Err(expected), "{answers:?}");
    }
}

#[test]
fn an_endless_answer_ends_after_some_kilobytes() {
    for piece in ["250-more\r\n", "x"] {
        let settings = server(move |mut stream| {
            let _ = stream.write_all(b"220 here\r\n");
            let _ = stream.read(&mut [0; 100]);
            let mut sent = 0_u64;
            while stream.write_all(piece.as_bytes()).is_ok() {
                sent += piece.len() as u64;
                assert!(sent < 64 << 20, "nobody stops reading");
            }
        });
        assert_eq!(tried(&settings), Err(NotSent::BrokeOff));
    }
}

#[test]
fn a_server_that_greets_and_hangs_or_drips_is_left_in_a_minute() {
    let hangs = server(|mut stream| {
        let _ = stream.write_all(b"220 here\r\n");
        thread::sleep(Duration::from_secs(600));
    });
    let drips = server(|mut stream| {
        while stream.write_all(b"2").is_ok() {
            thread::sleep(Duration::from_millis(500));
        }
    });
    let both = [hangs, drips].map(|settings| thread::spawn(move || tried(&settings)));
    for one in both {
        assert_eq!(one.join().unwrap(), Err(NotSent::TooSlow));
    }
}

#[test]
fn without_tls_nothing_is_said_where_the_settings_ask_for_it() {
    let asked = |mut settings: MailSettings, security| {
        settings.security = security;
        settings.login = Some(("desk".to_owned(), "s3cret".to_owned().into()));
        tried(&settings)
    };
    let offers_none = says(&["220 x\r\n", "250 x\r\n"]);
    assert_eq!(asked(offers_none, Security::StartTls), Err(NotSent::NoTls));
    let plain = says(&["220 x\r\n"]);
    assert_eq!(asked(plain, Security::Tls), Err(NotSent::Certificate));
    // What somebody on the way puts behind the answer to STARTTLS is not taken for the server's.
    let injected = says(&[
        "220 x\r\n",
        "250-x\r\n250 STARTTLS\r\n",
        "220 go\r\n250 injected\r\n",
    ]);
    assert_eq!(asked(injected, Security::StartTls), Err(NotSent::BrokeOff));
    let refuses = says(&["220 x\r\n", "250-x\r\n250 STARTTLS\r\n", "454 not now\r\n"]);
    assert_eq!(
        asked(refuses, Security::StartTls),
        Err(NotSent::NotNow(454))
    );
}
