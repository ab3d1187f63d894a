// What ROBOT and the SWRLTab of Protégé make of a file: the commands of OwlApi (with OWL API 4.5), and
//   report FILE            writes the findings of ROBOT's report
//   robot-reason NAME      ROBOT's reason with hermit or elk: answers the number of axioms added, fails where it does
//   template TABLE FILE    writes the ontology that ROBOT's template builds from a table, in Turtle
//   swrltab RULES          SWRLAPI's parser on a file of rules, "id<TAB>text" a line; answers what it cannot parse, or
//                          parses to another rule than the one that was loaded under that id
import java.io.*;
import java.nio.file.*;
import java.util.*;
import org.obolibrary.robot.*;
import org.obolibrary.robot.checks.Report;
import org.semanticweb.owlapi.model.*;
import org.semanticweb.owlapi.reasoner.OWLReasonerFactory;
import org.swrlapi.core.*;
import org.swrlapi.factory.SWRLAPIFactory;
import org.swrlapi.parser.SWRLParser;

@SuppressWarnings("deprecation")
public class Judges extends OwlApi {
    public static void main(String[] arguments) throws Exception {
        more = Judges::judge;
        OwlApi.main(arguments);
    }

    static void judge(String[] words) throws Exception {
        switch (words[0]) {
            case "report": report(words[1]); break;
            case "robot-reason": reason(words[1]); break;
            case "template": template(words[1], words[2]); break;
            case "swrltab": swrltab(words[1]); break;
            default: throw new IllegalArgumentException(words[0]);
        }
    }

    static void report(String file) throws Exception {
        Report found = ReportOperation.getReport(ontology, new IOHelper(), ReportOperation.getDefaultOptions());
        Files.write(Paths.get(file), found.toTSV().getBytes("UTF-8"));
    }

    static void reason(String name) throws Exception {
        OWLReasonerFactory factory = (OWLReasonerFactory) Class.forName(name.equals("hermit")
            ? "org.semanticweb.HermiT.ReasonerFactory" : "org.semanticweb.elk.owlapi.ElkReasonerFactory")
            .getDeclaredConstructor().newInstance();
        int before = ontology.getAxiomCount();
        ReasonOperation.reason(ontology, factory, ReasonOperation.getDefaultOptions());
        say("added", ontology.getAxiomCount() - before);
    }

    static void template(String table, String file) throws Exception {
        IOHelper helper = new IOHelper();
        helper.addPrefix("dislodge", "https://w3id.org/dislodge#");
        OWLOntology built = new Template(table, TemplateHelper.readTable(table), ontology, helper)
            .generateOutputOntology("https://w3id.org/dislodge/table", false);
        built.getOWLOntologyManager().saveOntology(
            built, new org.semanticweb.owlapi.formats.TurtleDocumentFormat(), IRI.create(new File(file)));
    }

    static void swrltab(String file) throws Exception {
        Map<String, String> loaded = new HashMap<>();
        for (SWRLRule rule : ontology.getAxioms(AxiomType.SWRL_RULE))
            for (OWLAnnotation note : rule.getAnnotations())
                if (note.getProperty().isLabel() && note.getValue() instanceof OWLLiteral)
                    loaded.put(((OWLLiteral) note.getValue()).getLiteral().split(":")[0], plain(rule));
        // The rule engine of SWRLTab is not needed for its parser, and its factory asks for one.
        Class<?> tab = Class.forName("org.swrlapi.factory.DefaultSWRLAPIOWLOntology");
        java.lang.reflect.Constructor<?> maker = tab.getDeclaredConstructor(OWLOntology.class, IRIResolver.class);
        maker.setAccessible(true);
        IRIResolver resolver = SWRLAPIFactory.createIRIResolver("https://w3id.org/dislodge#");
        SWRLAPIOWLOntology apart = (SWRLAPIOWLOntology) maker.newInstance(ontology, resolver);
        apart.processOntology();
        SWRLParser parser = apart.createSWRLParser();
        int count = 0;
        for (String line : Files.readAllLines(Paths.get(file))) {
            String[] parts = line.split("\t");
            count++;
            try {
                Optional<SWRLRule> rule = parser.parseSWRLRule(parts[1], false, parts[0], "");
                if (!rule.isPresent()) say("unparsed", parts[0]);
                else if (!variables(plain(rule.get())).equals(variables(loaded.get(parts[0])))) say("changed", line);
            } catch (Exception failure) {
                say("unparsed", parts[0] + " " + failure);
            }
        }
        say("parsed", count);
    }

    /** SWRLTab names variables in the namespace of the ontology. */
    static String variables(String rule) {
        return String.valueOf(rule).replaceAll("Variable\\(<[^>]*#(\\w+)>\\)", "?$1");
    }
}
