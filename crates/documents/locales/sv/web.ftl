# Handläggningens sidor på webben, på svenska.

## The frame

web-skip = Till innehållet
web-nav = Huvudmeny
web-nav-work = Arbete
web-nav-inbox = Inkorg
web-nav-duties = Bevakningar
web-nav-authorities = Myndigheter
web-nav-to-sign = Att underteckna
web-nav-people = Medarbetare
web-nav-law = Så besvaras begäranden
web-search = Sök
web-search-hint = Ärende, konto, beteckning, myndighet, ord
web-language = Språk
web-theme = Färger
web-theme-system = Följ systemet
web-theme-light = Ljust
web-theme-dark = Mörkt
web-title-error = Fel:
web-crumbs = Du är här
web-cancel = Avbryt
web-continue = Fortsätt
web-to-start = Till startsidan
web-choose = Välj
web-not-said = Inte angivet
web-cannot-tell = Framgår inte av handlingen
web-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } byte
}

## Times

web-today = i dag
web-tomorrow = i morgon
web-day = { $weekday } { $day } { $month }
web-day-year = { $weekday } { $day } { $month } { $year }
web-day-time = { $day } kl. { $time }
web-weekday-1 = mån
web-weekday-2 = tis
web-weekday-3 = ons
web-weekday-4 = tor
web-weekday-5 = fre
web-weekday-6 = lör
web-weekday-7 = sön
web-month-1 = jan.
web-month-2 = feb.
web-month-3 = mars
web-month-4 = apr.
web-month-5 = maj
web-month-6 = juni
web-month-7 = juli
web-month-8 = aug.
web-month-9 = sep.
web-month-10 = okt.
web-month-11 = nov.
web-month-12 = dec.
web-minutes = { $count } min
web-hours = { $count } tim
web-days = { $count ->
    [one] { $count } dag
   *[other] { $count } dagar
}
web-left = om { $span }
web-late = { $span } försenat
web-provisional = preliminärt: den kortaste frist som kan gälla
web-received = kom in { $at }
web-issued = utfärdat { $day }

## Signing in

web-sign-in = Logga in
web-sign-in-how = Du loggar in med den lösennyckel som du har skapat här. Den behövs igen när du undertecknar en uttagsorder.
web-sign-in-button = Logga in med din lösennyckel
web-sign-in-failed = Det gick inte, och ingen har loggats in. Försök igen eller be administratören om en ny länk.
web-sign-in-script = Lösennycklar fungerar bara med JavaScript, som är avstängt i din webbläsare. Allt annat fungerar utan.
web-sign-in-no-passkey = Har du ingen lösennyckel? Administratören ger dig en länk som kan användas en gång.
web-openid-button = Logga in med { $name }
web-openid-worth = { $name } säger vem du är och inget mer: en uttagsorder undertecknas fortfarande med din lösennyckel eller på din egen dator.
web-openid-signed-in = Du är inloggad
web-openid-go-on = Fortsätt
web-openid-asked = Nu måste en administratör godkänna
web-openid-not-shown = Ingen begäran har gjorts
web-openid-account = Ditt konto heter hos { $name }:
web-openid-refused-again = Inloggningen påbörjades i en annan webbläsare eller för länge sedan, eller har redan använts. Ingen har loggats in. Börja om.
web-openid-refused-busy = Många loggar in samtidigt. Försök igen om en stund eller använd din lösennyckel.
web-openid-refused-down = { $name } kan inte nås just nu. Din lösennyckel fungerar som vanligt.
web-openid-refused-provider = Svaret från { $name } kan inte användas här, och ingen har loggats in. Administratören ser varför under ”I ordning?”. Din lösennyckel fungerar som vanligt.
web-openid-refused-said-no = { $name } släppte inte in dig, eller så avbröt du där. Ingen har loggats in.
web-openid-refused-taken = Kontot kan inte kopplas till dig: det loggar redan in någon här.
web-openid-refused-token = Det som { $name } säger om dig klarade inte kontrollerna här, och ingen har loggats in. Försök igen; händer det två gånger, säg till administratören.
web-openid-refused-too-old = Det var för länge sedan du visade { $name } vem du är. Logga ut där och försök igen.
web-openid-refused-unknown = { $name } känner dig, men det kontot loggar inte in någon här. Kom in med din lösennyckel eller en länk och begär det på din egen sida.
web-welcome = Välkommen, { $name }
web-welcome-role = Du loggar in som { $role } hos { $provider }.
web-welcome-once = Länken kan användas en gång. Tryck bara på knappen om du är denna person.
web-welcome-button = Logga in
web-you = Din sida
web-you-since = inloggad { $at }
web-you-make-passkey = Skapa en lösennyckel nu: länken som du kom in med kan inte användas igen.
web-passkeys = Dina lösennycklar
web-passkeys-none = inga
web-passkeys-count = { $count ->
    [one] { $count } lösennyckel
   *[other] { $count } lösennycklar
}
web-passkey-since = skapad
web-passkey-words = Nyckeln i åtta ord. Den som för in den i ett uttagsprograms behörighetslista jämför orden med dig per telefon.
web-passkey-on-roster = Den här lösennyckeln finns i behörighetslistan: med den kan du underteckna uttagsorder här.
web-passkey-key = Själva nyckeln
web-passkey-remove = Ta bort
web-passkey-new = Skapa en lösennyckel
web-passkey-what = En lösennyckel finns i din enhet eller säkerhetsnyckel och låses upp med pinkod, fingeravtryck eller ansikte.
web-passkey-name = Lösennyckelns namn
web-passkey-name-hint = Till exempel ”arbetsdatorn” eller ”blå säkerhetsnyckel”
web-passkey-make = Skapa lösennyckeln
web-passkey-failed = Ingen lösennyckel har skapats. Enheten kan ha varit för långsam, eller så kan den inte skapa en som kräver pinkod, fingeravtryck eller ansikte.
web-passkey-not-now = Du kom in med ett konto. Lösennycklar skapar och tar bort den som kom in med en lösennyckel eller en länk.
web-binding = Logga in med { $name }
web-binding-how = Du kan också logga in med { $name }. Visa en gång vilket konto där som är ditt; sedan godkänner en administratör.
web-binding-show = Visa { $name } vem du är
web-binding-waits = Du har begärt det, och ingen administratör har godkänt än. Säg till dem att det var du.
web-binding-take-back = Ta tillbaka begäran
web-binding-bound = Ditt konto hos { $name } loggar in dig. Det undertecknar ingen uttagsorder.
web-binding-since = sedan
web-binding-end = Sluta logga in så
web-sign-out-title = Utloggning
web-sign-out = Logga ut

## What goes wrong

web-not-done = Åtgärden utfördes inte
web-nothing-changed = Ingenting har ändrats.
web-problem-not-there = Här finns inget
web-problem-not-there-way = Sidan finns inte, eller så har du inte behörighet till den.
web-problem-malformed = Det som skickades gick inte att förstå
web-problem-malformed-way = Det som kom in är inte vad våra sidor skickar. Ingenting har ändrats. Gå tillbaka och försök igen.
web-problem-foreign = Det som skickades kom från annat håll
web-problem-foreign-way = Din webbläsare anger inte att det skickades från någon av våra egna sidor. Därför har ingenting ändrats.
web-problem-too-large = Det som skickades är för stort
web-problem-too-large-way = Ingenting har sparats. Skicka färre eller mindre filer, en i taget.
web-problem-too-slow = Det tog för lång tid
web-problem-too-slow-way = Anslutningen var för långsam, och ingenting har sparats. Försök igen.
web-problem-busy = För många samtidigt
web-problem-busy-way = Systemet är upptaget. Ingenting har ändrats. Försök igen om en stund.
web-problem-unavailable = Det går inte just nu
web-problem-unavailable-way = Något är inte som det ska på servern. Den som sköter systemet får besked. Försök igen senare.
web-problem-refused = Åtgärden utfördes inte
web-problem-refused-way = Ingenting har ändrats.
web-problem-not-compared = Ärendet kunde inte jämföras med den offentliga loggen
web-problem-not-compared-way = Innan det har skett undertecknas och överlämnas ingenting. Den som sköter systemet kan se orsaken.
web-problem-damaged = Ärendet är skadat
web-problem-damaged-way = Något i ärendet är inte vad som registrerades. Ingenting görs i det förrän det har återställts från en säkerhetskopia.
web-errors = Något behöver rättas
web-wrong-time = Ange dag och tid, till exempel 2026-11-26 14:30.
web-wrong-future = Det ligger i framtiden. Ange när det kom in.
web-wrong-nothing = Välj minst en fil eller skriv vad som sades.
web-wrong-empty = Fyll i: { $field }.
web-wrong-months = Ange straffmaximum i hela månader, till exempel 120.
web-wrong-categories = Kryssa i minst en kategori av uppgifter.

## What was done

web-done-taken-in = Ärendet är registrerat, och det som kom in har sparats oförändrat.
web-done-taken-in-before = Samma fil har kommit in tidigare: det är detta ärende. Inget nytt har registrerats.
web-done-attached = Filen har lagts till i ärendet.
web-done-described = Begäran är beskriven. Nästa steg: ring upp myndigheten.
web-done-called = Samtalet är antecknat.
web-done-genuine = Det är antecknat att begäran är äkta. Nästa steg: bedöm den mot lagen.
web-done-not-genuine = Det är antecknat att begärans äkthet inte kunde bekräftas.
web-done-judged = Det är antecknat.
web-task-inquire = Fråga vilka konton som finns
web-inquire-what = Vilka konton som finns vet bara uttagsprogrammet, som står där uppgifterna finns. Med din underskrift frågas det, och det svarar vilka av dessa som är konton och vilka slags uppgifter om dem som finns där. Det lämnar inte ut något innehåll. Frågan står i den offentliga loggen, och uttagsprogrammet svarar bara om ett visst antal konton per dygn.
web-inquire-nothing = Det finns inget att fråga om nu.
web-inquire-of = Fråga till uttagsprogrammet i { $region }
web-inquire-here = Fråga med din lösennyckel
web-inquire-fetch = Hämta frågan och skriv under på din egen dator
web-inquire-bring = En fråga som du skrev under på din egen dator
web-inquire-bring-hint = Filen med din underskrift, så som den skrevs där.
web-inquire-bring-button = Lämna in den och fråga
web-inquire-told = Frågade { $at }: uttagsprogrammet i { $region } har svarat.
web-inquire-refused = Frågade { $at }: uttagsprogrammet i { $region } svarade inte.
web-inquire-waits = Frågade { $at }: uttagsprogrammet i { $region } har inte svarat än.
web-inquire-again = Fråga igen
web-done-inquired = Frågan är registrerad. Den går till uttagsprogrammet så snart den offentliga loggen har den.
web-done-assessed = Varje del är bedömd mot lagen.
web-done-decided = Svaren är antecknade. Det som ska verkställas väntar på två underskrifter.
web-done-signed = Underskriften är registrerad. En person till måste skriva under.
web-done-released = Två personer har skrivit under. Uttagsordern går till uttagsprogrammet så snart den finns i den offentliga loggen.
web-done-delivered = De förseglade paketen kan hämtas.
web-done-passphrase-told = Samtalet är antecknat: lösenfrasen är lämnad.
web-done-noted = Anteckningen är sparad.
web-done-assigned = Ärendet har bytt handläggare.
web-done-linked = De två ärendena är kopplade till varandra.
web-done-closed = Ärendet är avslutat. Det som fortfarande löper står kvar i listan.
web-done-reopened = Ärendet är återupptaget. De svar som har getts står fast.
web-done-recorded = Händelsen är antecknad, och fristerna räknas efter den.

## Work

web-view-nav = Vyer
web-view-group-views = Vyer
web-view-group-waiting = Väntar på
web-view-group-all = Alla
web-view-mine = Mina
web-view-unassigned = Ej tilldelade
web-view-today = Försenade eller senast i dag
web-view-soon = Senast inom en vecka
web-view-undescribed = Ännu inte beskrivna
web-view-authority = Myndigheten
web-view-counsel = Juristen
web-view-agent = Uttagsprogrammet
web-view-open = Öppna
web-view-duties = Avslutade, bevakning kvarstår
web-view-closed = Avslutade
web-cases = { $count ->
    [one] { $count } ärende
   *[other] { $count } ärenden
}
web-cases-or-more = { $count } eller fler ärenden
web-empty-mine = Du har inga öppna ärenden. De som saknar handläggare finns under ”Ej tilldelade”.
web-empty-no-group = Du arbetar inte i någon grupp, så här finns inga ärenden för dig. Fråga administratören.
web-empty-unassigned = Alla öppna ärenden har en handläggare.
web-empty-today = Inget är försenat, och ingen frist går ut i dag.
web-empty-soon = Ingen frist går ut inom en vecka.
web-empty-undescribed = Allt som har kommit in är beskrivet.
web-empty-authority = Inget ärende väntar på en myndighet.
web-empty-counsel = Inget väntar på juristens underskrift.
web-empty-agent = Inget ärende väntar på ett uttagsprogram.
web-empty-open = Inget ärende är öppet.
web-empty-duties = Ingen bevakning kvarstår i avslutade ärenden.
web-empty-closed = Inget ärende är avslutat ännu.
web-unreadable = { $count ->
    [one] { $count } ärende hör till denna sida men kan inte visas: dess rad har ändrats utifrån.
   *[other] { $count } ärenden hör till denna sida men kan inte visas: deras rader har ändrats utifrån.
}
web-pages = Sidor
web-page-before = Föregående sida
web-page-next = Nästa sida
web-page-of = Sida { $page } av { $pages }
web-page-number = Sida { $page }
web-column-clock = Nästa frist ({ $zone })
web-column-case = Ärende
web-column-from = Från
web-column-asked = Begäran
web-column-now = Läge
web-band-late = Försenat
web-band-today = Senast i dag
web-band-unknown = Ännu inte beskrivna: titta först
web-band-soon = Denna vecka och nästa
web-band-later = Senare
web-band-nothing = Ingen frist för oss
web-not-described = Ännu inte beskriven
web-parts = { $count ->
    [one] { $count } del
   *[other] { $count } delar
}
web-clock-act-by = svar senast
web-clock-claim-by = kan utövas senast
web-clock-not-before = tidigast
web-clock-keep-until = bevaras till
web-clock-valid-until = gäller till
web-clock-none = Ingen känd frist
web-clock-no-day = En bevakning utan datum
web-clock-runs = Tillståndet eller beslutet gäller till { $at }
web-clock-ran = Tillståndet eller beslutet gällde till { $at }
web-clock-not-ours = ingen frist för oss
web-clock-closed = avslutat
web-now-describe = Att göra: beskriv
web-now-call-back = Att göra: motring
web-now-assess = Att göra: bedöm
web-now-decide = Att göra: besluta
web-now-counsel = Väntar på juristen
web-now-analyst = Väntar på en handläggare
web-now-agent = Väntar på uttagsprogrammet
web-now-deliver = Att göra: överlämna
web-now-authority = Väntar på myndigheten
web-now-letter = Att göra: svara med brev
web-now-close = Att göra: avsluta
web-now-closed = Avslutat
web-now-duty = Besvarat; en bevakning kvarstår
web-to-sign-leaves = { $categories } för { $accounts }, till { $to }
web-to-sign-stays = { $categories } för { $accounts }; ingenting lämnas ut
web-to-sign-nobody = Ingen har undertecknat
web-to-sign-signed = Undertecknat av { $names }
web-search-title = Sök
web-search-for = Sökning efter { $wanted }
web-search-nothing = Inga träffar.
web-search-account = Begäranden som anger detta konto
web-search-reference = Beteckningar
web-search-authority = Myndigheter
web-search-words = Skrivet i ärendet
web-search-narrow = Avgränsa träffarna ytterligare:
web-search-above = { $count ->
    [one] Ett av dem står ovan.
   *[other] { $count } av dem står ovan.
}
web-search-what = Ett konto kan bara sökas på sitt fullständiga namn, eftersom systemet inte har någon läsbar förteckning över konton. Ord söks hela och i valfri ordning i det som människor har skrivit: begäranden, anteckningar, skäl och brev. Anteckningar endast för juristen och själva filerna genomsöks inte.

## A new case

web-new-case = Nytt ärende
web-new-lead = Allt som kommer in blir genast ett ärende, med tidpunkt och avsändare. Det beskrivs efteråt.
web-new-files = Filer
web-new-files-hint = Handlingarna som de kom: pdf, skanning, e-post, text. Högst { $limit } MB per fil. Den första ger ärendet dess namn.
web-new-words = Eller det som sades, eller inklistrad text
web-new-words-hint = Vid telefonsamtal: vem som ringde, vilket nummer som visades och vad saken gällde.
web-new-words-file = vad-som-sades.txt
web-new-emergency = Någons liv eller säkerhet kan vara i fara: larma jouren
web-new-channel = Hur det kom in
web-channel-post = Med post
web-channel-fax = Med fax
web-channel-email = Med e-post
web-channel-portal = Genom en portal
web-channel-door = Genom ingången för myndigheter
web-channel-telephone = Per telefon
web-channel-in-person = Personligen
web-channel-other = På annat sätt
web-new-from = Från vem
web-new-from-hint = Den adress, det nummer eller det namn som avsändaren själv uppger
web-new-arrived = När det kom in
web-new-arrived-hint = Anges i { $zone }. Tomt betyder nu.
web-new-button = Registrera ärendet
web-new-note = Ingenting öppnas här: filerna sparas som de är. Samma fil en gång till ger samma ärende.

## A case

web-case-nav = Ärendets sidor
web-case-undescribed = Ännu inte beskriven: { $file }
web-case-for = { $what } avseende { $account }
web-accounts = { $count ->
    [one] { $count } konto
   *[other] { $count } konton
}
web-owner = Handläggare: { $name }
web-owner-none = Ingen handläggare
web-uncompared = Ärendet kunde inte jämföras med den offentliga loggen. Innan det har skett undertecknas och överlämnas ingenting.
web-tab-thread = Att göra och händelser
web-tab-demand = Begäran
web-tab-assessment = Bedömning
web-tab-decision = Beslut
web-tab-clocks = Frister
web-state-received = ej beskrivet
web-state-described = beskrivet
web-state-authenticated = avsändaren kontrollerad
web-state-not-authenticated = avsändaren inte bekräftad
web-state-assessed = bedömt
web-state-decided = beslutat
web-state-partly-approved = en underskrift av två
web-state-mandated = två underskrifter
web-state-not-produced = inget uttag
web-state-produced = uppgifter uttagna
web-state-delivered = överlämnat
web-state-waiting = delvis besvarat
web-state-duties-run = avslutat, bevakning kvarstår
web-state-closed = avslutat
web-tasks = Att göra
web-tasks-take-in = Mottagande
web-tasks-answer = Svar
web-tasks-hand-over = Utlämnande
web-tasks-notice = Underrättelse
web-tasks-duties = Kvarstående bevakning
web-task-describe = Beskriv begäran
web-task-call-back = Motring
web-task-assess = Bedöm mot lagen
web-task-decide = Besluta om varje del
web-task-sign = Två underskrifter
web-task-produce = Uttag på lagringsorten
web-task-preserve = Bevarande på lagringsorten
web-task-deliver = Överlämna paketen
web-task-tell = Lämna lösenfrasen per telefon
web-tell-how = Där uttagsprogrammet körs visar ”{ $command }” den för dig en gång.
web-tell-waits = Väntar på { $name }
web-task-notice = Underrätta kontoinnehavaren
web-task-notice-controller = Underrätta kunden som är personuppgiftsansvarig
web-task-letter = Meddela myndigheten svaret
web-task-close = Avsluta ärendet
web-task-duty = Bevakning kvarstår
web-work-todo = Att göra
web-work-done = Klart
web-work-not-yet = Kan inte påbörjas än
web-work-waiting = Väntar
web-not-produced = Uttagsprogrammet gjorde inget uttag: { $why }
web-answer-waits = Ett uttagsprogram har svarat. Svaret registreras inom en minut.
web-lapsed = En uttagsorder i ärendet kan inte längre verkställas. Besluta på nytt, så upprättas en ny.
web-alike = Ett annat ärende har samma beteckning från samma myndighet:
web-alike-link = Koppla som samma begäran, skickad igen
web-alike-reason = samma beteckning från samma myndighet
web-thread = Händelser
web-the-desk = Systemet
web-note = Skriv en anteckning
web-note-hint = Alla handläggare kan läsa den.
web-note-hint-group = Alla handläggare och jurister i ärendets grupp, och granskarna, kan läsa den.
web-note-privileged = Endast för juristen
web-note-privileged-hint = Förseglad: när den väl är skriven öppnas den bara med juristens egen nyckel. Systemet kan inte läsa den.
web-note-sealed-fetch = Hämta anteckningen, förseglad.
web-note-sealed-how = Öppna den med Lagrum på din egen dator, med din nyckel.
web-note-button = Spara anteckningen
web-more = Lämna över, koppla, avsluta
web-hand-over = Handläggare
web-hand-over-button = Lämna över
web-link = Koppla till ärende
web-link-hint = Till exempel 2026-0007
web-link-why = Varför de hör ihop
web-link-button = Koppla
web-deliver = Gör de förseglade paketen klara att hämta
web-passphrase-told = Anteckna att jag har lämnat den
web-leaves = { $count ->
    [0] Inget lämnas ut.
    [one] { $count } del lämnas ut.
   *[other] { $count } delar lämnas ut.
}
web-stays = { $count ->
    [0] Ingen del undantas.
    [one] { $count } del lämnas inte ut.
   *[other] { $count } delar lämnas inte ut.
}
web-waits = { $count ->
    [one] { $count } del väntar på besked.
   *[other] { $count } delar väntar på besked.
}
web-demand-undescribed = Ingen har beskrivit begäran ännu. Innan det har skett vet ingen hur kort fristen är.
web-originals = Originalhandlingar
web-original-take = Hämta filen som den kom in
web-original-page = Sida { $page } av { $of } i { $file }
web-original-text = Text som kunde läsas ut
web-original-text-hint = Den är till för att söka och kopiera. Det är bilden som gäller: en fil kan innehålla text som ingen ser, och visa text som den inte innehåller.
web-original-no-text = Ingen text kunde läsas ut: det är en skanning eller ett foto.
web-original-more-text = Det finns mer text än som visas här.
web-original-cut-off = Filens slut saknas eller står inte där det ska: den kan ha blivit avkortad på vägen. Det som visas kan vara fel eller ofullständigt. Be avsändaren att skicka den igen.
web-original-two-things = E-postmeddelandet har en oformaterad och en formaterad version, och de säger inte detsamma. Båda står nedan, efter varandra: e-postprogram visar bara den ena. Fråga avsändaren vilken som gäller.
web-original-more-pages = Filen har fler sidor än som visas här. Hämta den för att läsa den till slutet.
web-original-take-attached = Hämta bilagan
web-not-shown-other-kind = Den här sortens fil öppnas inte här. Öppna den på en dator som är avsedd för filer från okända avsändare: kontorsfiler kan innehålla program.
web-not-shown-packed = Filen är packad ({ $form }): ett arkiv eller en kontorsfil. Ingenting packas upp här, och ingen har sett vad den innehåller. Öppna den på en dator som är avsedd för filer från okända avsändare: arkiv och kontorsfiler kan innehålla program.
web-not-shown-locked = Filen kan bara öppnas med lösenord. Be myndigheten om en som öppnas utan.
web-not-shown-too-much = Filen kräver mer minne eller tid än en fil från en okänd avsändare får. Öppna den på en dator som är avsedd för filer från okända avsändare.
web-not-shown-busy = Många filer läses just nu. Läs in sidan igen om en minut.
web-not-shown-damaged = Filen är skadad eller av en form som inte känns igen här. Öppna den på en dator som är avsedd för filer från okända avsändare.
web-not-shown-not-here = Det här systemet kan inte visa filer som bilder. Den som driver det ser varför när det startar.
web-attach = Lägg till en fil
web-attach-files = Filer som hör till begäran
web-attach-button = Lägg till
web-memo = Promemoria
web-memo-open = Öppna promemorian, till akten eller för utskrift

## Describing

web-describe = Beskriv det som kom in
web-describe-kind = Vilket slags beslut eller begäran är det?
web-describe-kind-hint = Formuläret frågar sedan bara efter det som behövs.
web-describe-parts = Hur många delar?
web-describe-parts-hint = En för varje kombination av konton, uppgifter och period. Varje del besvaras för sig.
web-describe-other = Det är ett annat slag eller har fler delar
web-describe-anew = Rätta beskrivningen
web-describe-check = Spara och kontrollera beskrivningen
web-suggested = { $count ->
    [one] { $count } förslag ur handlingen
   *[other] { $count } förslag ur handlingen
}
web-suggested-lead = Inget förs in förrän du trycker på Använd. Numren står vid ställena i handlingen.
web-use = Använd
web-draft-kept = Detta är ditt utkast, sparat { $at }.
web-d-group-who = Vem som begär
web-d-authority = Myndighet
web-d-authority-hint = Som den anges i handlingarna. Bara en myndighet i myndighetslistan kan ringas upp.
web-d-authority-country = Myndighetens land
web-d-authority-kind = Slag av myndighet
web-authority-kind-court = Domstol
web-authority-kind-prosecutor = Åklagare
web-authority-kind-police = Polis
web-authority-kind-central-authority = Centralmyndighet
web-authority-kind-security-service = Säkerhetstjänst
web-authority-kind-other-authority = Annan myndighet
web-authority-kind-private-party = Enskild
web-d-officer = Befattningshavare
web-d-officer-email = Befattningshavarens e-postadress
web-d-reference = Myndighetens beteckning
web-d-kind = Slag av beslut eller begäran
web-d-group-instrument = Handlingarna
web-d-measure = Vad ger beslutet tillstånd till?
web-d-provision = Bestämmelse
web-d-provision-hint = Som den anges i handlingarna, till exempel 27 kap. 18 § rättegångsbalken
web-d-law-country = Vilket lands rätt
web-d-issued-on = Datum på beslutet
web-d-issuer = Utfärdat av
web-d-issuer-kind = I egenskap av
web-d-issuer-reference = Dess egen beteckning
web-d-issuer-reference-hint = Domstolens eller myndighetens egen, om begäran har en annan.
web-d-signature = Undertecknat av
web-d-signature-hint = Lämna tomt om det inte är undertecknat.
web-d-signature-form = Hur det är undertecknat
web-d-further-signatures = Fler underskrifter
web-d-signature-2 = Andra underskriften
web-d-signature-2-form = Hur den andra gjordes
web-d-signature-3 = Tredje underskriften
web-d-signature-3-form = Hur den tredje gjordes
web-signature-handwritten = egenhändigt
web-signature-electronic = elektroniskt
web-signature-qualified = med kvalificerad elektronisk underskrift eller stämpel
web-d-validated = Godkänt av
web-d-validated-hint = Om en annan myndighet måste godkänna det.
web-d-validated-kind = I egenskap av
web-d-notification = Har den verkställande myndigheten underrättats?
web-notification-not-required = Behövs inte
web-notification-pending = Underrättad, fristen löper
web-notification-cleared = Ingen vägransgrund har åberopats
web-notification-refused = En vägransgrund har åberopats
web-d-customer-cannot-be-asked = Myndigheten uppger att kunden inte kan tillfrågas
web-d-treaty = Internationell överenskommelse
web-d-rank-confirmed = Jag har kontrollerat att utfärdaren har den ställning som lagen kräver
web-d-certified = Beslutet har det intyg som lagen kräver
web-d-interim = Beslutet har meddelats i ett brådskande fall och ska bekräftas i efterhand
web-d-certificate-wanted = Ett intyg om äkthet begärs
web-d-valid-until = Sista dag för verkställighet
web-d-valid-until-hint = Lämna tomt om handlingarna inte anger någon.
web-d-entity = Riktat till
web-d-entity-other-choice = Ett annat företag
web-d-entity-other = Företagets namn
web-d-entity-other-country = Företagets land
web-d-purpose = Ändamål
web-d-zone = Tiderna nedan anges i
web-d-zone-hint = Den tidszon som handlingarna använder.
web-d-group-part = Del { $number }
web-d-identifiers = Vems uppgifter
web-d-identifiers-hint = En per rad: en e-postadress, eller user-id:…, phone-number:+46…, ip-address:… med tidpunkt.
web-d-categories = Kategorier av uppgifter
web-d-categories-hint = Bara det som handlingarna anger.
web-d-boxes = Bara vissa uppgifter i dessa kategorier
web-d-from = Från
web-d-from-hint = Lämna tomt om handlingarna inte anger någon början.
web-d-until = Till
web-d-until-hint = Själva tidpunkten räknas inte med. Tomt: fram till mottagandet.
web-d-group-offence = Brott
web-d-offence = Vad utredningen gäller
web-d-offence-provision = Bestämmelse
web-d-offence-months = Straffmaximum i månader
web-d-offence-listed = Myndigheten uppger att brottet är ett av de uppräknade
web-d-group-sentence = Straff som verkställs
web-d-sentence-months = Strafftid i månader
web-d-sentence-months-hint = Bara om ordern gäller verkställighet av ett straff.
web-d-sentence-in-absentia = Domen meddelades i den dömdes utevaro
web-d-sentence-absconded = Den dömde har avvikit
web-d-group-digital-services = Förordningen om digitala tjänster
web-d-digital-services = Det är ett föreläggande enligt artikel 10 i förordningen
web-d-digital-services-reasons = Det anger varför uppgifterna behövs
web-d-digital-services-redress = Det anger hur det kan överklagas
web-d-digital-services-language = Det är på ett språk som leverantören har angett, eller har en översättning
web-d-group-emergency = Fara
web-d-threat-to = Vad är i fara?
web-threat-none = Ingen fara uppges
web-threat-person = En persons liv eller säkerhet
web-threat-infrastructure = Kritisk infrastruktur
web-d-threat-facts = Uppgivna omständigheter
web-d-group-secrecy = Meddelandeförbud
web-d-secrecy-provision = Bestämmelse eller beslut
web-d-secrecy-provision-hint = Lämna tomt om handlingarna inte förbjuder något.
web-d-secrecy-until = Gäller till
web-d-secrecy-until-hint = Lämna tomt om inget slutdatum är angivet. Begär i så fall ett.
web-d-secrecy-issuer = Beslutat av
web-d-secrecy-issuer-hint = Om förbudet följer av ett eget beslut.
web-d-secrecy-issuer-kind = I egenskap av
web-d-secrecy-ordered-on = Beslutets dag
web-d-secrecy-certified = Det intygar den skada som bestämmelsen kräver
web-d-secrecy-review-notice = Det upplyser om rätten till domstolsprövning
web-d-controller-told = Underrättelse till den personuppgiftsansvarige
web-controller-told-yes = Den personuppgiftsansvarige ska underrättas
web-controller-told-no = Myndigheten begär att den personuppgiftsansvarige inte underrättas
web-d-group-deadline = Frist
web-d-answer-by = Svar begärs senast
web-d-answer-by-hint = Bara det som handlingarna anger. Lagens frister räknas ut automatiskt.
web-d-group-recipient = Vem svaret förseglas för
web-d-recipient = Mottagare
web-d-recipient-hint = En nyckel som redan är känd som myndighetens går före en som står i handlingarna.
web-d-recipient-key = Publik nyckel
web-d-recipient-key-hint = Tomt om myndigheten inte har någon: en del får i stället en engångslösenfras per telefon, enligt myndighetslistan.
web-check = Kontrollera beskrivningen
web-check-lead = Jämför med handlingarna. Det är detta som bedöms mot lagen.
web-check-unknown = { $count ->
    [one] { $count } sak är inte känd
   *[other] { $count } saker är inte kända
}
web-unknown-signature = Ingen underskrift är antecknad. Många lagar kräver en.
web-unknown-key = Mottagarens nyckel saknas, och ingen lämnar en lösenfras till myndigheten: utan någon av dem kan inget svar förseglas.
web-unknown-key-told = Mottagarens nyckel saknas: ett svar förseglas med en engångslösenfras, som { $by } lämnar till myndigheten per telefon.
web-unknown-offence = Inget brott är angivet. Vissa regler beror på det.
web-unknown-period = För minst en av delarna är periodens början inte angiven.
web-unknown-measure = Det är inte angivet vad beslutet ger tillstånd till. För de delar som beror på det begärs förtydligande.
web-unknown-secrecy-end = Meddelandeförbudet har inget slutdatum.
web-check-void = Med en ny beskrivning upphör alla slutsatser om den gamla att gälla.
web-check-why = Varför beskrivningen ändras
web-check-button = Bekräfta beskrivningen
web-check-change = Ändra

## Calling back

web-call-undescribed = Beskriv begäran först. Då visas numret från myndighetslistan.
web-call-whom = Ring upp { $name } på numret i myndighetslistan:
web-call-ours = Numret har tagits fram oberoende av begäran. Ring aldrig ett nummer som står i handlingarna.
web-call-ask = Be myndigheten uppge beteckning, konto och datum. Läs inte upp dem själv.
web-call-unknown = Myndigheten finns inte i myndighetslistan
web-call-unknown-way = Det finns inget nummer att ringa. Ta fram ett oberoende av handlingarna och låt administratören föra in det i authorities.toml. Ingenting lämnas ut dessförinnan.
web-call-confirmed = { $who } bekräftade begäran på { $number }; { $by } ringde.
web-call-denied = { $who } bekräftade inte begäran på { $number }; { $by } ringde.
web-call-result = Vad sade myndigheten?
web-call-yes = Att den har skickat begäran
web-call-no = Att den inte har skickat begäran
web-call-who = Vem som svarade
web-call-who-hint = Namn och befattning, så som de uppgavs
web-call-at = När
web-call-at-hint = Tomt betyder nu.
web-call-unreached = Svarade ingen? Då registreras inget här. Skriv en anteckning och ring igen.
web-call-button = Anteckna samtalet
web-genuine = Är begäran äkta?
web-sender-fits = Avsändare, slag av myndighet och adresser stämmer med myndighetslistan.
web-sender-differs = Detta stämmer inte med myndighetslistan
web-genuine-question = Kommer begäran från myndigheten?
web-genuine-yes = Ja, den är äkta
web-genuine-no = Nej, eller det går inte att avgöra
web-genuine-how = Hur du vet det
web-genuine-how-hint = Vad du har jämfört och vem du har talat med
web-genuine-despite = Varför den ändå är äkta
web-genuine-despite-hint = Varje varning ovan måste förklaras.
web-genuine-button = Anteckna resultatet
web-danger = Uppgiven fara
web-danger-believed = Juristen bedömer att faran är verklig.
web-danger-not-believed = Ingen har antecknat att faran bedöms vara verklig.
web-danger-question = Bedömer du att faran är verklig?
web-danger-yes = Ja, i god tro
web-danger-no = Nej
web-danger-why = Omständigheter som bedömningen grundas på
web-danger-button = Anteckna bedömningen
web-danger-counsel = Bara leverantörens jurist kan anteckna detta.

## Assessment and decision

web-assess = Bedöm mot gällande rätt
web-assess-anew = Bedöm på nytt mot gällande rätt
web-assess-not-yet = Begäran har inte bedömts mot lagen ännu.
web-assess-granted = { $count ->
    [0] Inget får lämnas ut.
    [one] { $count } del får lämnas ut.
   *[other] { $count } delar får lämnas ut.
}
web-assess-others = { $count ->
    [0] Ingen del undantas.
    [one] { $count } del lämnas inte ut eller väntar.
   *[other] { $count } delar lämnas inte ut eller väntar.
}
web-assess-no-count = Hur många meddelanden eller poster det rör sig om vet systemet inte: det ser aldrig in i en datakälla.
web-aside-facts = Frister och promemoria
web-aside-papers = Handlingarna
web-decide = Besluta om varje del
web-decide-lead = Lagens svar är förvalt. Ett strängare svar kräver att du anger skäl.
web-decide-not-yet = Det finns inget att besluta om ännu: bedöm begäran mot lagen först.
web-decide-proposed = lagens svar
web-decide-reason = Dina skäl
web-decide-reason-hint = Myndigheten får läsa dem. De behövs när ett svar är strängare än lagens.
web-decide-then = Det som ska verkställas blir en uttagsorder som två personer undertecknar, varav en är leverantörens jurist. Ingenting lämnas ut dessförinnan.
web-decide-letter-proposed = Så lyder det om varje del besvaras som lagen föreslår.
web-decide-button = Anteckna svaren
web-answer-produce = Lämnas ut
web-answer-preserve = Bevaras
web-answer-narrow = Begränsas
web-answer-in-part = Begränsas: en del lämnas ut
web-answer-reject = Efterkoms inte
web-answer-redirect-to-customer = Hänvisas till kunden
web-answer-redirect-to-treaty-channel = Hänvisas till internationell rättslig hjälp
web-answer-challenge = Rättens prövning begärs
web-answer-wait = Väntar på besked
web-answer-no-data = Inga sådana uppgifter är kända här; sökning återstår
web-answer-not-looked-up = Kan inte sökas fram här
web-answer-ask = Förtydligande begärs
web-answer-by-hand = Besvaras av jurist
web-answer-look-up = Först utreds vems kontot är
web-answered-produce = Ska lämnas ut
web-answered-preserve = Ska bevaras: inget lämnas ut
web-answered-narrow = Har begränsats
web-answered-reject = Har inte efterkommits
web-answered-redirect-to-customer = Har hänvisats till kunden
web-answered-redirect-to-treaty-channel = Har hänvisats till internationell rättslig hjälp
web-answered-challenge = Rättens prövning har begärts
web-answered-wait = Väntar på besked
web-answered-no-data = En sökning ska visa att inga uppgifter finns
web-answered-not-looked-up = Kunde inte sökas fram
web-answered-ask = Myndigheten tillfrågas
web-answered-by-hand = Besvaras utanför systemet
web-answered-look-up = Det ska utredas vems kontot är

## Signing

web-sign-nothing = Ingenting i ärendet väntar på underskrift.
web-sign-leaves = Detta lämnas ut
web-sign-stays = Detta lämnas inte ut
web-sign-to = Förseglas för { $name }
web-sign-how = Underteckna, eller låt bli
web-sign-why-two = Om någon hade tagit över systemet kunde det visa dig en sak och få dig att underteckna en annan. Därför görs en av de två underskrifterna på undertecknarens egen dator, där texten visas igen.
web-sign-own = På din egen dator
web-sign-own-how = Hämta filen, underteckna den där och lämna in underskrifterna här. Dessa ord ska vara desamma på din dator.
web-sign-fetch = Hämta det som ska undertecknas
web-sign-bring = Dina underskrifter
web-sign-bring-hint = Filen som din dator har skapat
web-sign-bring-button = Lägg till underskrifterna
web-sign-one-file = Välj en enda fil: den som din dator har skapat.
web-sign-no-signatures = Filen innehåller inga underskrifter.
web-sign-other-case = Underskrifterna gäller ett annat ärende.
web-sign-not = Underteckna inte
web-sign-here = Här, med din lösennyckel
web-sign-here-none = Du har ingen lösennyckel som finns på behörighetslistan. Hur den kommer dit står på din sida:
web-sign-here-not-first = Inte ännu: först måste någon underteckna på sin egen dator. Om någon hade tagit över systemet kunde det visa dig en sak här och få dig att underteckna en annan.
web-sign-here-button = Underteckna med din lösennyckel
web-sign-here-failed = Lösennyckeln undertecknade inte. Inget har lagts till.
web-sign-not-typed = Det du skrev är inte det som uttagsordern gäller. Inget har undertecknats.
web-sign-changed = Uttagsordern väntar inte längre på någon underskrift. Läs sidan igen.

## Clocks

web-record = Anteckna vad som har hänt
web-record-lead = Det som startar, stoppar eller flyttar en frist, och hur det är känt.
web-record-what = Vad
web-record-when = När
web-record-how = Hur det är känt
web-record-how-hint = Ett brev, ett samtal, tiden i en e-postserver
web-record-button = Anteckna händelsen

## Closing

web-close-lead = I ett avslutat ärende överlämnas ingenting mer. Uttagsorder som inget uttagsprogram har verkställt återkallas.
web-close-runs = { $count ->
    [one] { $count } bevakning kvarstår
   *[other] { $count } bevakningar kvarstår
}
web-close-why = Varför ärendet avslutas
web-close-button = Avsluta ärendet
web-close-keep-button = { $count ->
    [one] Avsluta ärendet, behåll { $count } bevakning
   *[other] Avsluta ärendet, behåll { $count } bevakningar
}
web-close-not = Avsluta inte
web-close-closed = Ärendet är avslutat.
web-reopen-why = Varför ärendet återupptas
web-reopen-button = Återuppta ärendet

## Authorities, people, law

web-authorities-lead = Kontaktuppgifter från källor som är oberoende av de begäranden som kommer in. Administratören för listan i authorities.toml.
web-authorities-count = { $count ->
    [one] { $count } myndighet
   *[other] { $count } myndigheter
}
web-authorities-none = Ingen har kontrollerat någon myndighets kontaktuppgifter ännu.
web-authority-name = Namn
web-authority-country = Land
web-authority-number = Nummer för motring
web-authority-domains = E-postdomäner
web-authority-key = Nyckeln i ord
web-authority-no-key = ingen känd nyckel
web-authority-passphrase = ingen nyckel; { $by } lämnar en lösenfras för varje svar, per telefon på numret här
web-people-lead = Administratören för listan i people.toml och nycklarna i behörighetslistan. Varje uttagsprogram har en egen behörighetslista, och där gäller bara den.
web-people-count = { $count ->
    [one] { $count } post
   *[other] { $count } poster
}
web-person-name = Namn
web-person-role = Roll
web-person-passkeys = Lösennycklar för inloggning
web-person-signs = Undertecknar uttagsorder
web-person-signs-not = nej
web-person-own-machine = på egen dator
web-person-desk-machine = ja
web-law-title = Så besvaras begäranden om uppgifter
web-law-lead = { $provider } besvarar myndigheters begäranden om användares uppgifter enligt dessa regler. Reglerna läses direkt av det program som tillämpar dem.
web-law-sentence-1 = Varje begäran sparas som den kom in, med tidpunkt och avsändare.
web-law-sentence-2 = Innan något lämnas ut rings myndigheten upp på ett nummer som har tagits fram oberoende av begäran.
web-law-sentence-3 = Varje del bedöms mot lagen: bara det som en regel tillåter och ingen regel förbjuder lämnas ut.
web-law-sentence-4 = Det som lämnas ut kräver underskrift av två personer, varav en är leverantörens jurist.
web-law-sentence-5 = Där uppgifterna lagras kontrollerar ett program allt detta igen, tar ut det som ska lämnas ut och inget annat, och förseglar det för myndigheten.
web-law-sentence-6 = Vart och ett av dessa steg lämnar ett spår i en offentlig logg, där inget kan ändras i efterhand utan att det syns.
web-law-rules = Gällande regler
web-law-as-of = Gällande rätt { $day }.
web-law-advice = Reglerna är tolkningar av lagen och inte juridisk rådgivning. Varje regel har en sida som anger hur långt källan har kontrollerats och om en jurist har granskat den.
web-law-count = { $count ->
    [one] { $count } regel
   *[other] { $count } regler
}
web-law-effect = Verkan
web-law-says = Innebörd
web-law-source = Källa
web-law-permits = tillåter
web-law-forbids = förbjuder
web-law-preserves = tillåter bevarande
web-law-more = Källor och villkor

## Challenges, what was withheld, settings

web-nav-challenges = Bestridanden
web-nav-withheld = Granskning
web-done-reviewed = Juristens beslut är mottaget. Uttagsordern för det väntar på två underskrifter, varav en av den jurist som beslutade.
web-done-settings-kept = Dina inställningar är sparade.
web-now-filing = Att göra: begär rättens prövning
web-now-court = Väntar på rätten
web-tab-challenge = Bestridande
web-tab-withheld = Granskning
web-task-challenge = Bestridande
web-task-withheld = Granskning av det som hålls inne
web-take = Ta ärendet

## The challenge

web-challenges-lead = Ärenden där något bestrids, till dess att de avslutas, avgörs på annat sätt eller begäran återkallas.
web-challenges-empty = Ingenting bestrids.
web-challenges-how-much = Delar
web-challenges-parts = Del { $parts }
web-standing-since = Sedan
web-challenge-is-to-file = Rättens prövning har inte begärts ännu
web-challenge-is-before = Rätten prövar frågan
web-challenge-is-ruled = Frågan är avgjord
web-challenge-is-withdrawn = Myndigheten har återkallat begäran
web-challenge-is-none = Ingen del bestrids längre
web-challenge-now-to-file = Att göra: begär prövning
web-challenge-now-before = Väntar på rätten
web-challenge-now-ruled = Att göra: följ upp avgörandet
web-challenge-now-withdrawn = Klart
web-challenge-against = Mot begäran från { $authority }, { $reference }. Det som bestrids lämnas inte ut innan frågan är avgjord.
web-challenge-decided = Beslut att bestrida
web-challenge-recorded = antecknat av { $who }, { $at }
web-challenge-filed = Prövning begärd
web-challenge-filed-means = Ansökan eller begäran om prövning finns hos rätten.
web-challenge-filed-record = Anteckna ansökan
web-challenge-filed-how = Vid vilken domstol, under vilket nummer, och hur det är känt
web-challenge-objected = Invändning gjord
web-challenge-objected-means = Den motiverade invändningen enligt artikel 17 går till den utfärdande myndigheten med formuläret i bilaga III. När formuläret skickas antecknas den.
web-challenge-objected-record = Anteckna invändningen
web-challenge-objected-how = Till vem den gick, och hur det är känt
web-challenge-review = Domstolen har ombetts pröva den
web-challenge-review-means = Den utfärdande myndigheten har vänt sig till sin domstol. Ordern verkställs inte förrän prövningen är avslutad.
web-challenge-review-record = Anteckna prövningen
web-challenge-review-how = Vilken domstol som har frågan, och hur det är känt
web-challenge-heard = Förhandling
web-challenge-heard-means = Rätten hör parterna. Den kan avgöra frågan utan förhandling.
web-challenge-heard-record = Anteckna förhandlingen
web-challenge-heard-how = Vilka som var där, och vad som sades av betydelse
web-challenge-ruled = Avgörande
web-challenge-ruled-means = Upphävt: delen avslutas. Fastställt: överklaga, eller så anger juristen vad rätten vägde in, och bedömningen görs om.
web-challenge-ruled-record = Anteckna avgörandet
web-challenge-ruled-how = Vad rätten beslutade, under vilket nummer, och hur det är känt
web-challenge-review-ended = Prövningen är avslutad
web-challenge-review-ended-means = Upphävd: delen avslutas. Fastställd: överklaga, eller så anger juristen vad domstolen vägde in, och bedömningen görs om.
web-challenge-review-ended-record = Anteckna att prövningen är avslutad
web-challenge-review-ended-how = Vad som beslutades, och hur det är känt
web-challenge-appealed = Överklagande
web-challenge-appealed-means = Av oss eller av myndigheten. Ett överklagande stoppar ingen frist i sig; det gör en domstol som beslutar om inhibition.
web-challenge-appealed-record = Anteckna ett överklagande
web-challenge-appealed-how = Vem som överklagade, till vilken domstol, och hur det är känt
web-challenge-appeal-decided = Avgörande efter överklagande
web-challenge-appeal-decided-means = Det har samma följder som det första avgörandet.
web-challenge-appeal-decided-record = Anteckna avgörandet efter överklagande
web-challenge-appeal-decided-how = Vad rätten beslutade, och hur det är känt
web-challenge-supporters = Stöd från andra
web-challenge-supporters-means = Andra som ansluter sig anges här, med sina handlingar.
web-challenge-supporters-record = Lägg till någon
web-challenge-supporters-how = Vem det är, och hur det är känt
web-challenge-supporters-none = Ingen ännu.
web-challenge-end = Slut
web-challenge-end-means = Upphävt och avslutat, fastställt och utlämnat, återkallat av myndigheten eller ersatt av en begäran om rättslig hjälp.
web-challenge-if-lifted = Begäran står sig inte:
web-challenge-if-upheld = Begäran står sig. Juristen anger i beskrivningen vad rätten vägde in; därefter görs bedömningen om:
web-challenge-letter = Brev: { $kind }
web-challenge-beside = Frister och stöd från andra
web-challenge-clocks = Vad som händer med fristerna
web-challenge-by-us = stoppat av oss, inte av en domstol
web-challenge-suspended = vilar till dess att domstolens prövning är avslutad
web-challenge-clock-starts = Startar en frist: { $clock } ({ $cite })
web-challenge-clock-ends = Avslutar en frist: { $clock } ({ $cite })
web-challenge-clock-pauses = Låter en frist vila: { $clock } ({ $cite })
web-challenge-clock-runs-on = Låter en frist löpa vidare: { $clock } ({ $cite })
web-challenge-clock-moves = Flyttar en frist: { $clock } ({ $cite })
web-challenge-clock-none = Flyttar ingen frist.
web-challenge-clock-done = Avslutad genom { $by }
web-challenge-clock-paused = vilar
web-challenge-clock-passed = har löpt ut
web-challenge-counts = I statistiken
web-challenge-counts-means = En del som bestrids räknas som bestridd, och aldrig som utlämnad, till dess att den besvaras på annat sätt.
web-challenge-papers = Handlingar
web-challenge-papers-none = Ingen handling har kommit in sedan beslutet att bestrida.
web-challenge-papers-counsel = Alla som arbetar med ärenden läser dessa. Det som bara juristen får läsa hör hemma i en anteckning för juristen.
web-challenge-column-paper = Handling
web-challenge-column-by = Av
web-challenge-column-when = När
web-challenge-column-read = Vem som får läsa
web-challenge-read-desk = alla handläggare
web-challenge-read-sent = alla handläggare och mottagaren
web-challenge-which = Vad som gjordes
web-challenge-files = Handlingar som hör till
web-challenge-files-hint = Ansökan, dagboksbladet, avgörandet. De sparas i ärendet.
web-letters-objects = Detta brev är självt invändningen eller ansökan
web-letters-objects-hint = Det går till den som avgör frågan. Då antecknas den som gjord, och fristen för den är slut.

## What was withheld

web-withheld-lead = Ärenden där ett uttagsprogram har hållit inne något som juristen inte har beslutat om i sin helhet.
web-withheld-empty = Ingenting som hålls inne väntar på juristen.
web-withheld-how-much = Hålls inne
web-withheld-things = { $count ->
    [one] { $count } post
   *[other] { $count } poster
}
web-withheld-count = { $count ->
    [one] { $count } post hölls inne
   *[other] { $count } poster hölls inne
}
web-withheld-produced = { $count ->
    [one] Samma sökning gav { $count } post att lämna ut.
   *[other] Samma sökning gav { $count } poster att lämna ut.
}
web-withheld-why = Om de övriga kunde uttagsprogrammet inte avgöra om de omfattas av beslutet.
web-withheld-told = Myndigheten får veta att de väntar på granskning.
web-withheld-not-here = Ingen kan läsa dem här.
web-withheld-lies = De finns i { $region } och stannar där. Uttagsprogrammet där visar dem för juristen.
web-withheld-seen = Här syns hur många, vilken kategori, sedan när och vad juristen har beslutat. Här syns inte innehåll, avsändare, ämnen, mappar och datum. De finns aldrig i ärendesystemet, så den som tar över det får inte veta något av det.
web-withheld-waiting = Väntar på juristen
web-withheld-decided = { $count ->
    [one] { $count } är avgjord
   *[other] { $count } är avgjorda
}
web-withheld-what = Vad som söktes
web-withheld-period = Beslutets period
web-withheld-reason = Varför det hölls inne
web-withheld-reason-undated = Dess datum, eller vad som hör till det, kunde inte fastställas. Skälet för var och en anges i listan där uppgifterna finns.
web-withheld-by = Av vem
web-withheld-agent = Uttagsprogrammet i { $region }
web-withheld-since = Sedan
web-withheld-look = Granska var och en där de finns
web-withheld-look-how = Juristen, vid uttagsprogrammets dator eller tillsammans med den som sköter det.
web-withheld-commands = Vad som skrivs där
web-withheld-command-list = Vad som hålls inne, och varför
web-withheld-command-show = Vad nummer 1 innehåller
web-withheld-command-release = Lämna ut den, med ett skäl som myndigheten läser
web-withheld-command-refuse = Behåll flera, med ett skäl
web-withheld-command-out = Skriv ned vad som beslutades, för denna sida
web-withheld-counsel-id = JURIST
web-withheld-own-key = Beslutet gäller bara med underskrift av den jurist som fattade det, under den uttagsorder som följer.
web-withheld-bring-title = Lämna in vad som beslutades
web-withheld-bring-lead = Filen innehåller nummer, skäl och kontrollsummor, undertecknade av uttagsprogrammet, och inget av det som hålls inne.
web-withheld-bring = Filen från uttagsprogrammet
web-withheld-bring-hint = review.note, som uttagsprogrammet skrev den
web-withheld-bring-button = Ta emot den och skriv uttagsordern
web-withheld-one-file = Välj den enda fil som uttagsprogrammet skrev.
web-withheld-sign = Två underskrifter
web-withheld-sign-who = En egen uttagsorder. Den ena underskriften är den beslutande juristens.
web-withheld-package = Ett paket som anger dem
web-withheld-recalled = Uttagsordern för denna sökning är återkallad.
web-withheld-outcome-open = Beslutat av { $by }, inte verkställt ännu
web-withheld-outcome-done = Beslutat av { $by } och verkställt
web-withheld-outcome-void = Beslutat av { $by }; uttagsordern kan inte längre verkställas
web-withheld-column-number = Nr
web-withheld-column-decision = Beslut
web-withheld-column-reason = Skäl
web-withheld-released = Lämnas ut
web-withheld-refused = Behålls
web-withheld-beside = Hur det vägs
web-withheld-weigh = Hur det vägs
web-withheld-weigh-date = Ett datumfält är avsändarens ord. Ett Received-fält från vår egen server är vårt eget.
web-withheld-weigh-nothing = Det som ingenting daterar är inte visat ligga inom perioden: behåll det.
web-withheld-permit = Om tillståndet upphör först
web-withheld-permit-at = Det upphör { $at }
web-withheld-permit-means = Därefter lämnas inget mer ut med stöd av det. Det som ingen har beslutat om stannar där det finns.

## Settings and keys

web-settings-mine = Dina inställningar
web-settings-what = Språk, tidszon, vad du ser först, tangenter
web-settings-lead = De ändrar vad du ser, i varje webbläsare där du loggar in, och ingenting för någon annan.
web-settings-zone = Tidszon
web-settings-zone-hint = Den som du läser och skriver tider i. Varje sida anger vilken det är.
web-settings-zone-own = Som ärendesystemet: { $zone }
web-settings-start = Vad du ser först
web-start-mine = Mina ärenden
web-start-today = Det som ska göras senast i dag
web-start-unassigned = Ej tilldelade ärenden
web-start-open = Alla öppna ärenden
web-start-inbox = Inkorgen
web-start-counsel = Det som väntar på juristens underskrift
web-start-challenges = Bestridanden
web-start-withheld = Det som hålls inne
web-start-audit = Det som bevakas
web-start-order = Är allt i ordning?
web-settings-keys = Kortkommandon med en tangent
web-settings-keys-hint = Gäller inte i fält, och behövs aldrig. Ingen tangent undertecknar, skickar, beslutar eller avslutar.
web-settings-button = Spara inställningarna
web-keys = Tangenter
web-keys-on = På
web-keys-off = Av
web-keys-are-on = De är på. Du kan stänga av dem:
web-keys-are-off = De är avstängda. Du kan sätta på dem:
web-keys-lead = Allt som de gör finns också som länk, knapp eller fält på sidan.
web-keys-everywhere = Överallt
web-keys-list = I en lista
web-keys-case = I ett ärende
web-key-search = sök
web-key-work = till arbetslistan
web-key-inbox = till inkorgen
web-key-duties = till bevakningarna
web-key-new = nytt ärende
web-key-save = spara formuläret du är i
web-key-keys = denna sida
web-key-next = nästa ärende
web-key-previous = föregående ärende
web-key-open = öppna
web-key-move = flytta
web-key-off = tangenterna kan stängas av
web-key-back = tillbaka till listan
web-key-tabs = ärendets sidor, från vänster till höger
web-key-take = ta ärendet
web-key-hand-over = lämna över det
web-key-call = motring
web-key-note = skriv en anteckning
web-key-page-next = nästa sida i originalet
web-key-page-before = föregående sida i originalet

## Joining and splitting

web-done-joined = De två ärendena är ett. Handlingarna och det tidigare mottagandet finns här.
web-done-split = Detta är nu ett eget ärende, mottaget när handlingarna kom in. Beskriv det härnäst.
web-joined-to = Begäran kom in på nytt; den besvaras i
web-join = Slå ihop detta ärende med
web-join-hint = Ärendet som har samma begäran. Detta avslutas; handlingarna och mottagandet förs dit.
web-join-button = Slå ihop
web-split = Två begäranden kom i dessa handlingar
web-split-why = Varför det är en egen begäran
web-split-lead = Den andra blir ett eget ärende, med de handlingar du väljer. De finns kvar även här.
web-split-which = Handlingar som hör till den andra begäran
web-split-button = Gör den till ett eget ärende

## Flera ärenden i en lista på en gång, och en lista med urval

web-column-pick = Markera
web-several = De markerade ärendena
web-several-pick = Markera ärende { $case }
web-several-take = Ta dem
web-several-to = Handläggare
web-several-nobody = Ingen
web-several-none = Inget ärende är markerat. Markera i rutorna till vänster i listan.
web-several-done = { $count ->
    [one] Ett ärende har bytt handläggare.
   *[other] { $count } ärenden har bytt handläggare.
}
web-several-with = Handläggare nu: { $name }.
web-several-not = { $count ->
    [one] Ett ärende har kvar sin handläggare
   *[other] { $count } ärenden har kvar sin handläggare
}
web-several-rest = I dessa ändrades inget. För de andra gäller ändringen.
web-several-back = Tillbaka till listan
web-done-assigned-several = Ärendena har bytt handläggare.
web-filter = Gör ett urval
web-filter-any = Alla
web-filter-authority = Myndighet
web-filter-reference = Beteckning
web-filter-country = Myndighetens land
web-filter-instrument = Slag av begäran
web-filter-since = Inkommet från och med
web-filter-until = Inkommet till och med
web-filter-state = Läge
web-filter-button = Visa
web-filter-clear = Visa hela vyn
web-filter-nothing = Inget ärende i vyn motsvarar urvalet.
web-filter-words = Ärenden med orden: { $words }
cases-none-fit = Inget ärende motsvarar urvalet.
cases-half-searched = { $count ->
    [one] { $count } ärende har fler ord än sökningen sparar och kan saknas här.
   *[other] { $count } ärenden har fler ord än sökningen sparar och kan saknas här.
}
web-key-select = markera ärendet eller ta bort markeringen
web-key-take-ticked = ta de markerade ärendena, eller det som du står på
web-key-hand-over-ticked = lämna över de markerade ärendena, eller det som du står på
web-key-filter = gör ett urval
web-key-larger = större sidor i originalet
web-key-smaller = mindre sidor i originalet
web-original-size = Storlek
web-original-percent = { $size } %

## Arbetsgrupper

web-group = Grupp: { $group }
web-groups = Grupper
web-groups-lead = Handläggare och jurister ser och arbetar med ärendena i sina egna grupper och får inte veta något om andra. Granskare ser alla.
web-group-name = Grupp
web-group-cases = Vilka ärenden
web-group-people = Handläggare och jurister
web-group-authorities = Myndigheter i { $countries }
web-group-companies = Våra bolag i { $countries }, när ingen grupp svarar myndighetens eget land
web-group-rest = Alla andra, och det obeskrivna som ingen annan grupp har
web-group-nobody = Ingen än
web-group-to = Grupp som får ärendet
web-group-to-hint = Den som inte arbetar i gruppen ser inte längre ärendet.
web-group-why = Varför den ska ha ärendet
web-group-button = Lämna till gruppen
web-done-handed-to-group = Ärendet ligger hos en annan grupp. Ingen handlägger det än.
web-done-of-another-group = Det är antecknat. Ärendet ligger nu hos en annan grupp och finns inte längre i din lista.
