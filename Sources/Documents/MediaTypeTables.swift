/// File extensions by what their registered media type says about them.
enum MediaTypeTables {
    /// Types `text/*` and textual applications, and those that `contract/documents.md` 9.1 declares to be text.
    static let text = set(
        """
        ts tsx py opts lock jsonl qml sh c cs h js lua pas r go ino hpp linq
        txt text conf def list log in ini md markdown mkd mdx rst org adoc html htm shtml xhtml xht css less sass scss
        csv tsv json json5 jsonld geojson map webmanifest xml xsl xsd xslt rng dtd rss atom rdf owl svg mml n3 ttl yaml
        yml toml sql graphql tex latex texi texinfo bib roff man me ms t tr mjs cjs jsx es ecma coffee litcoffee jade
        hbs slim slm styl stylus php csh tcl java kt scala swift rs cc cxx cpp hh dic f for f77 f90 p pde s asm
        ics ifs vcs vcf vcard vtt uri uris urls curl dcurl mcurl scurl appcache rtx rtf sgml sgm shex spdx wml wmls
        opml nfo sfv uu etx ymp gv flx fly jad jnlp ps eps ai
        """)

    /// Types that are never text: octet streams, zip, keys, programs, models, sound, film, fonts.
    static let refused = set(
        """
        bin dms lrf mar so dist distz pkg bpk dump elc deploy exe dll deb udeb dmg iso img msi msp msm buffer com bat
        zip p8 xlsx
        igs iges msh mesh silo dae dwf gdl gtw obj stl prc 3mf gltf glb jt mtl ogex pytha pyo pyox x_b x_t vds u3d usdz
        bsp vtu wrl vrml x3db x3dbz x3dv x3dvz x3d x3dz stp stpx stpz stpxz
        aac adts adp amr au snd mid midi kar rmi mxmf mp3 m4a mp4a mpga mp2 mp2a m2a m3a oga ogg spx opus s3m sil uva
        uvva eol dra dts dtshd lvp pya ecelp4800 ecelp7470 ecelp9600 rip wav weba aif aiff aifc caf flac mka m3u wax
        wma ram ra rmp xm
        3gp 3gpp 3g2 h261 h263 h264 m4s jpgv jpm jpgm mj2 mjp2 m2t m2ts mts mp4 mp4v mpg4 mpeg mpg mpe m1v m2v ogv qt
        mov uvh uvvh uvm uvvm uvp uvvp uvs uvvs uvv uvvv uvu uvvu dvb fvt mxu m4u pyv viv webm f4v fli flv m4v mkv mk3d
        mks mng asf asx vob wm wmv wmx wvx avi movie smv
        ttc ttf otf woff woff2
        """)

    private static func set(_ words: String) -> Set<String> {
        Set(words.split { $0 == " " || $0 == "\n" }.map(String.init))
    }
}
