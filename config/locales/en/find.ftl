find-menu-find = Search what was shared
find-help-find = Send “/find decimals Grade 3”. I look in titles, tags, notes and names of sharers. Several words: what has all of them.
find-what = What are you looking for? Reply with a few words; a tag or a name will do.
find-found = { $count ->
    [one] One thing
   *[other] { $count } things
    } for “{ $words }”:
find-page = For “{ $words }”, page { $page }:
find-back = Back
find-on = More
find-nothing = Nothing found for “{ $words }”. Try fewer words, or look through the library by tag.
find-library = Open the library
find-hit = { $sharers }, { $week }{ $words }
find-more = { ": " }{ $words }
