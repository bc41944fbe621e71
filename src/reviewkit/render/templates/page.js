(function(){
"use strict";
var tip=document.createElement("div");tip.className="rk-tip";tip.hidden=true;document.body.append(tip);
function show(event){
  var mark=event.target.closest&&event.target.closest(".rk-chart [aria-label][aria-roledescription]");
  var text=mark&&mark.getAttribute("role")==="graphics-symbol"?mark.getAttribute("aria-label"):"";
  tip.hidden=!text;
  if(!text)return;
  tip.textContent=text;
  tip.style.left=Math.min(event.pageX+12,document.documentElement.clientWidth-270)+"px";
  tip.style.top=event.pageY+16+"px";
}
document.addEventListener("pointermove",show,{passive:true});
var links=Array.prototype.slice.call(document.querySelectorAll(".rk-contents a"));
var box=document.querySelector(".rk-contents");
if(box&&box.hidePopover)box.addEventListener("click",function(event){if(event.target.tagName==="A")box.hidePopover();});
if("IntersectionObserver" in window&&links.length){
  var seen=new IntersectionObserver(function(entries){
    entries.forEach(function(entry){
      if(!entry.isIntersecting)return;
      links.forEach(function(link){
        if(link.hash==="#"+entry.target.id)link.setAttribute("aria-current","true");
        else link.removeAttribute("aria-current");
      });
    });
  },{rootMargin:"-88px 0px -70% 0px"});
  links.forEach(function(link){var at=document.getElementById(link.hash.slice(1));if(at)seen.observe(at);});
}
})();
