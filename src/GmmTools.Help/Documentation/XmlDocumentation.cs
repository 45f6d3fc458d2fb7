using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;

namespace GmmTools.Help.Documentation;

/// <summary>The doc comments of some assemblies, from the files that the compiler writes beside them.</summary>
internal sealed class XmlDocumentation
{
    private readonly Dictionary<string, XElement> _members = new(StringComparer.Ordinal);

    /// <summary>Reads the doc comments.</summary>
    /// <param name="paths">Files of the compiler; what is not there has no comments.</param>
    public XmlDocumentation(IEnumerable<string> paths)
    {
        foreach (XElement member in paths.Where(File.Exists).SelectMany(path => XDocument.Load(path, LoadOptions.PreserveWhitespace).Descendants("member")))
        {
            _members[(string)member.Attribute("name")!] = member;
        }
    }

    /// <summary>The comment of a type, or null.</summary>
    /// <param name="type">The type.</param>
    public XElement? Find(Type type) => Find("T:" + type.FullName);

    /// <summary>The comment of a property where it is declared, which may be a base class; or null.</summary>
    /// <param name="property">The property.</param>
    public XElement? Find(PropertyInfo property) => Find($"P:{property.DeclaringType!.FullName}.{property.Name}");

    private XElement? Find(string id) => _members.TryGetValue(id, out XElement? member) ? member : null;
}
